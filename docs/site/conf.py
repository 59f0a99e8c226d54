"""Sphinx's settings for the site of the course; ``python -m grader.site`` calls Sphinx."""

import grader.exercises  # so that its sentences are found in other languages, too
from course.language import _
from course.language import language as language_of_edition

assert grader.exercises

project = _("Neural networks from scratch")
author = _("the authors of the course")
language = language_of_edition()

extensions = ["myst_nb", "sphinx.ext.githubpages"]
extensions += ["grader.site.anchors", "grader.site.language_switch", "grader.site.chinese_search"]
exclude_patterns = ["files", "image_licences.md"]
html_extra_path = ["files"]  # the downloads, and the texts of licences

# The notebooks come with their outputs; see grader/site/execution.py.
nb_execution_mode = "off"
nb_merge_streams = True
nb_render_markdown_format = "myst"
nb_code_prompt_show = _("Show the code")
nb_code_prompt_hide = _("Hide the code")

# Links between notebooks are links between pages already (grader/site/links.py), and are checked in
# the built pages (grader/site/link_check.py).
myst_all_links_external = True
myst_enable_extensions = ["dollarmath", "amsmath"]
# As JupyterLab takes them: a formula between double dollars may stand in the middle of a paragraph,
# and parentheses behind it are text.
myst_dmath_double_inline = True
myst_dmath_allow_labels = False

# MathJax in one file beside the pages. Its menu would load further parts, which are not there.
mathjax_path = "tex-svg.js"
mathjax3_config = {"options": {"enableMenu": False}}

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = ["language.js"]
templates_path = ["_templates"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_context = {
    "default_mode": "auto",  # light or dark, as the reader's system is set
    "course_copyright": _("© Copyright the authors of the course, under the MIT licence."),
}
html_use_index = False
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "home_page_in_toc": True,
    "navbar_persistent": [],  # the search is at the head of the list of pages already
    "show_toc_level": 2,
    "article_header_end": ["language-switch.html", "article-header-buttons.html"],
    "footer_content_items": ["course-copyright.html"],
}

linkcheck_ignore = [r"^(?!https?://)"]  # links within the site; see grader/site/link_check.py
