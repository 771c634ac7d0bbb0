-- Full-text search: contentless indexes, so that a text is stored once. `account_id` holds the word
-- 'a<account>'. Secure deletion takes the words of a deleted row out of the index at once.

CREATE VIRTUAL TABLE message_search USING fts5 (
    account_id, words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE contact_search USING fts5 (
    account_id, words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 1);
