CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL);
