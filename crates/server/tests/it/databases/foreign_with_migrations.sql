CREATE TABLE schema_migrations (version VARCHAR PRIMARY KEY);
INSERT INTO schema_migrations VALUES ('20240101120000');
CREATE TABLE users (id INTEGER);
