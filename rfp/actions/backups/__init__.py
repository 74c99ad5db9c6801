"""A copy of everything an installation holds, taken while people work, and brought back elsewhere.

DIR/manifest.json     what is in it: counts, hashes, where each audit trail ends, the migrations it was made with
DIR/database.sqlite3  or  DIR/tables/<table>.copy    the database in one snapshot
DIR/files/<ab>/<sha256>    every stored file that a row of the snapshot names
"""
