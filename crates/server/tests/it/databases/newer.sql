INSERT INTO schema_migrations VALUES (999, 'future');
