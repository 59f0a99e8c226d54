"""The course in other languages, derived from its one English text.

English notebooks and catalogues of ``translations/`` come in; notebooks of other languages, and the
compiled catalogues that students' modules read, go out. A paragraph whose English has changed is
shown in English and listed.

Begin with :func:`~grader.release.translation.catalogues.update_catalogues` and
:func:`~grader.release.translation.notebooks.translated_notebook`.
"""
