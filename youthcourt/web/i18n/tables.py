"""Sentences of the reader of tables: why a file or a row is not read, and what to look at."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    # A whole file.
    "table_unreadable_empty": _l("There is nothing in this file. Please choose another one."),
    "table_unreadable_too_large": _l(
        "This file is too large. Please split it into several files and import them one by one."
    ),
    "table_unreadable_too_many_rows": _l(
        "This file has more than %(limit)s rows. Please split it into several files."
    ),
    "table_unreadable_too_many_columns": _l(
        "This file has more than %(limit)s columns. Please keep the columns you need and "
        "save it again."
    ),
    "table_unreadable_cell_too_long": _l(
        "A cell in row %(row)s has more than %(limit)s characters. Please shorten it, or check "
        "whether a quotation mark is missing there."
    ),
    "table_unreadable_kind_unknown": _l(
        "Only CSV and Excel files (.csv, .tsv, .txt, .xlsx) can be imported. "
        "Please save the file as one of these."
    ),
    "table_unreadable_not_what_name_says": _l(
        "The name says %(named)s, but inside it is something else: %(found)s. "
        "Open it with the program it comes from and save it as CSV or Excel (.xlsx)."
    ),
    "table_unreadable_not_text": _l(
        "This is no text file, whatever its name says. Please save the table as CSV or Excel."
    ),
    "table_unreadable_encoding": _l(
        "The letters of this file cannot be read. Please choose its encoding below, or save it "
        "as CSV UTF-8."
    ),
    "table_unreadable_columns": _l(
        "No columns were found. Please choose below what stands between the columns."
    ),
    "table_unreadable_quotes": _l(
        "The quotation marks do not match at row %(row)s, so rows could be swallowed. "
        "Please correct that row in the file and send it again."
    ),
    "table_unreadable_ragged": _l(
        "Row %(row)s has more cells than there are columns, and so have others (%(count)s rows in "
        "all). Please say below in which row the names of the columns stand."
    ),
    "table_unreadable_no_header": _l(
        "No row with the names of the columns was found. Please say below which row it is, or "
        "that there is none."
    ),
    "table_unreadable_header_unclear": _l(
        "It is not clear which rows hold the names of the columns, perhaps those from row "
        "%(first)s on. Please say it below."
    ),
    "table_unreadable_shape": _l(
        "The file cannot be read like this. Please check the row number and the other answers."
    ),
    "table_unreadable_workbook_damaged": _l(
        "This Excel file is damaged. Please open it in Excel, save it again and send that one."
    ),
    "table_unreadable_workbook_bomb": _l(
        "This Excel file is small but would fill the memory when it is opened. It is refused. "
        "If you trust it, open it in Excel and save the table as CSV."
    ),
    "table_unreadable_workbook_locked": _l(
        "This Excel file is locked with a password. Please save it without one."
    ),
    "table_unreadable_sheet_missing": _l(
        "This workbook has no sheet %(sheet)s. Its sheets: %(sheets)s."
    ),
    # A row that is left out of the table.
    "table_row_above_table": _l("A line above the table: it is no row of it."),
    "table_row_separator_line": _l("A line for spreadsheet programs only."),
    "table_row_footnote": _l("A note below the table: it is no row of it."),
    "table_row_repeated_header": _l("The names of the columns once more."),
    "table_row_copy_of_table": _l(
        "The same table stands here a second time. If these rows are others, save them as a "
        "file of their own."
    ),
    "table_row_another_table": _l(
        "Another table begins here. Save it as a file of its own and import that one too."
    ),
    "table_row_too_many_cells": _l(
        "This row has more cells than there are columns. Check for a comma or a quotation mark "
        "too many."
    ),
    # Things to look at.
    "table_note_encoding_guessed": _l(
        "The letters were read as %(encoding)s. Check that names with accents look right."
    ),
    "table_note_characters_mended": _l(
        "Characters that were damaged on the way were mended: %(count)s."
    ),
    "table_note_quotes_irregular": _l(
        "Quotation marks inside cells are not written by the rules. Check long texts."
    ),
    "table_note_escaped_quotes": _l("Quotation marks inside cells are marked with %(escape)s."),
    "table_note_header_rows_joined": _l(
        "Rows %(first)s to %(last)s were read together as the names of the columns."
    ),
    "table_note_header_cells_blank": _l("Columns without a name: %(count)s."),
    "table_note_header_cells_repeated": _l(
        "Several columns have the same name: %(names)s. Such a column cannot be chosen."
    ),
    "table_note_short_rows": _l(
        "Rows with fewer cells than there are columns: %(count)s, the first is row %(first)s. "
        "What is missing was read as empty."
    ),
    "table_note_may_be_footnote": _l(
        "The last row, %(first)s, holds one cell only. It may be a note below the table."
    ),
    "table_note_missing_words": _l(
        "Words for a missing number were read as empty: %(words)s (%(count)s cells, the first in "
        "row %(first)s)."
    ),
    "table_note_no_rows": _l("The table has no rows."),
    "table_note_another_table": _l(
        "Another table begins at row %(first)s. Its rows (%(count)s) are not imported."
    ),
    "table_note_copy_of_table": _l(
        "From row %(first)s on the same table stands there once more (%(count)s rows). "
        "It is counted once."
    ),
    "table_note_other_sheets": _l(
        "This workbook has more sheets with content: %(names)s. Only one is imported at a time."
    ),
    "table_note_cells_with_errors": _l(
        "Cells that hold an error such as #DIV/0! were read as empty: %(count)s."
    ),
}

LABELS = {
    "FileKind": {
        "csv": _l("a CSV file"),
        "xlsx": _l("an Excel file"),
        "zip": _l("a ZIP archive"),
        "text": _l("plain text"),
        "old_office": _l("an old Excel or Word file"),
        "pdf": _l("a PDF"),
        "png": _l("a picture"),
        "jpeg": _l("a picture"),
        "gif": _l("a picture"),
        "program": _l("a program"),
        "gzip": _l("a packed file"),
        "7z": _l("a packed file"),
        "rar": _l("a packed file"),
        "database": _l("a database"),
        "rtf": _l("a text document"),
        "html": _l("a web page"),
        "xml": _l("an XML file"),
    },
    "Encoding": {
        "utf-8": _l("UTF-8 (most files today)"),
        "utf-16": _l("UTF-16 (text saved from Excel as Unicode)"),
        "windows-1252": _l("Windows, Western Europe and America"),
        "windows-1250": _l("Windows, Central Europe"),
        "windows-1251": _l("Windows, Cyrillic"),
        "iso-8859-1": _l("ISO Latin 1"),
        "iso-8859-15": _l("ISO Latin 9"),
        "mac-roman": _l("Old Macintosh"),
        "cp437": _l("DOS, America"),
        "cp850": _l("DOS, Western Europe"),
    },
    "Delimiter": {
        ",": _l("comma"),
        "\t": _l("tab"),
        ";": _l("semicolon"),
        "|": _l("upright line |"),
    },
}
