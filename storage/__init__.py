"""SQL: tables, the store, group commit, migrations and sealed columns. SQL stands here alone."""
