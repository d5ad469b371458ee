"""What commands print for a person at a terminal.

- `terminal`: texts of publishers on a terminal, which must not obey them.
- `status`, `history`, `failures`, `reread`, `findings`: one module for each thing that is shown.
"""
