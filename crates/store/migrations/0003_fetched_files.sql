-- Files that a message names, and that are fetched after it is stored.
ALTER TABLE attachments ADD COLUMN state TEXT NOT NULL DEFAULT 'ready'
    CHECK (state IN ('ready', 'fetching', 'failed'));
ALTER TABLE attachments ADD COLUMN problem TEXT;
