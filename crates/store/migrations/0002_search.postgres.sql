-- Full-text search: the words of each message and contact as a vector.

CREATE TABLE message_search (
    id BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    words TSVECTOR NOT NULL
);
CREATE INDEX message_search_words ON message_search USING gin (words);

CREATE TABLE contact_search (
    id BIGINT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    words TSVECTOR NOT NULL
);
CREATE INDEX contact_search_words ON contact_search USING gin (words);
