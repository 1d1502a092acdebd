"""Documents of other programs, read as text and written from Markdown, which the rest of the application has.

Reading: `reading` -> `parser_client` -> (a confined process) `parser_process` -> `word_text`, `html_text`, `pdf_text`.
Writing: `export` -> `parsed_markdown` -> `word`, `pdf`, HTML, plain text.
"""
