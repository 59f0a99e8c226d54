"""Text that is safe to show: on a page, in a table, on a terminal.

Texts of students and of archives come in. The same texts go out with nothing in them that could
run, be taken for a formula, or change a terminal.

Begin with :func:`~grader.text.inert.safe_html`, :func:`~grader.text.table_cells.csv_text` and
:func:`~grader.text.terminal.shown`.
"""
