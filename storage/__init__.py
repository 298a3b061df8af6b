"""SQL: tables, the store, group commit, migrations and sealed columns."""
