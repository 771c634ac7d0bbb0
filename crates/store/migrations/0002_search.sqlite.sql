-- Full-text search. `account_id` holds the word 'a<account>'. The indexes keep a copy of the words,
-- because only who knows the words of a row can take them out: with secure deletion that happens at
-- once and in place, where a contentless index would keep them until it merges its segments.

CREATE VIRTUAL TABLE message_search USING fts5 (
    account_id, words, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE contact_search USING fts5 (
    account_id, words, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 1);
