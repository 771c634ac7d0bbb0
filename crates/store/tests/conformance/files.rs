//! Rows of files: tied once, by their owner; loose ones are found and forgotten.

use std::time::Duration;

use tertulia_domain::attachment::{Attachment, AttachmentState, MediaKind};
use tertulia_domain::{AccountId, AttachmentId, MessageId};
use tertulia_store::{Result, WriteTx, attachments};
use tertulia_testkit::{TestDb, on_every_engine};

use super::scene::{is_duplicate, run};
use super::{account, now};

fn file(account_id: AccountId, token: &str) -> Attachment {
    Attachment {
        id: AttachmentId(0),
        account_id,
        message_id: None,
        token: token.to_owned(),
        blob_key: format!("blob of {token}"),
        thumbnail_key: Some("small".to_owned()),
        name: "cat.png".to_owned(),
        content_type: "image/png".to_owned(),
        kind: MediaKind::Image,
        size_bytes: 9,
        width_px: Some(3),
        height_px: None,
        state: AttachmentState::Ready,
        problem: None,
        created_at: now(),
    }
}

fn upload(tx: &mut WriteTx<'_>, account: AccountId, token: &str) -> Result<AttachmentId> {
    attachments::create(tx, &file(account, token), "user:7")
}

fn ids(found: &[Attachment]) -> Vec<AttachmentId> {
    found.iter().map(|file| file.id).collect()
}

on_every_engine!(an_upload_is_tied_once_and_by_its_owner, async |db: &TestDb| {
    let account = account(&db.store).await;
    run(&db.store, move |tx| {
        let id = upload(tx, account, "a")?;
        let other = upload(tx, account, "b")?;
        let uploaded = Attachment { id, ..file(account, "a") };
        assert_eq!(attachments::by_token(tx, "a")?, Some(uploaded.clone()));
        let message = MessageId(5);
        let tie = |tx: &mut WriteTx<'_>, owner, token| {
            attachments::tie(tx, account, owner, token, message)
        };
        assert_eq!(tie(tx, Some("user:8"), "a")?, None, "somebody else's");
        assert_eq!(tie(tx, Some("user:7"), "nope")?, None);
        let tied = Attachment { message_id: Some(message), ..uploaded };
        assert_eq!(tie(tx, Some("user:7"), "a")?, Some(tied.clone()));
        assert_eq!(tie(tx, Some("user:7"), "a")?, None, "only once");
        assert!(tie(tx, None, "b")?.is_some(), "whoever it was");
        let found = attachments::of_messages(tx, account, &[message, MessageId(6)])?;
        assert_eq!(ids(&found), [id, other]);
        assert_eq!(found[0], tied);
        assert_eq!(attachments::of_messages(tx, account, &[])?, vec![]);
        attachments::untie_all(tx, account, message)?;
        assert_eq!(attachments::of_messages(tx, account, &[message])?, vec![]);
        assert_eq!(tie(tx, None, "a")?, None, "what was let go is nobody's");
        Ok(())
    })
    .await;
    assert!(is_duplicate(&db.store, move |tx| upload(tx, account, "a").map(drop)).await);
});

on_every_engine!(loose_files_are_found_when_they_are_old_or_let_go, async |db: &TestDb| {
    let account = account(&db.store).await;
    run(&db.store, move |tx| {
        let (old, let_go, tied) =
            (upload(tx, account, "a")?, upload(tx, account, "b")?, upload(tx, account, "c")?);
        attachments::tie(tx, account, None, "b", MessageId(5))?;
        attachments::tie(tx, account, None, "c", MessageId(6))?;
        attachments::untie_all(tx, account, MessageId(5))?;
        assert_eq!(ids(&attachments::loose(tx, now(), 9)?), [let_go], "whatever its age");
        let later = now().plus(Duration::from_secs(1));
        assert_eq!(ids(&attachments::loose(tx, later, 9)?), [old, let_go]);
        assert_eq!(ids(&attachments::loose(tx, later, 1)?), [old]);
        assert!(!attachments::delete_loose(tx, account, tied)?, "it was tied meanwhile");
        assert!(!attachments::let_go(tx, account, tied)?, "it was tied meanwhile");
        assert!(attachments::let_go(tx, account, old)?);
        let tie = attachments::tie(tx, account, None, "a", MessageId(6))?;
        assert_eq!(tie, None, "what was let go is nobody's");
        assert!(attachments::delete_loose(tx, account, old)?);
        assert!(!attachments::delete_loose(tx, account, old)?);
        Ok(())
    })
    .await;
});

on_every_engine!(another_account_neither_sees_nor_changes_a_file, async |db: &TestDb| {
    let (ours, theirs) = (account(&db.store).await, account(&db.store).await);
    run(&db.store, move |tx| {
        let loose = upload(tx, ours, "a")?;
        upload(tx, ours, "b")?;
        let message = MessageId(5);
        attachments::tie(tx, ours, None, "b", message)?;
        let before = (attachments::by_token(tx, "a")?, attachments::by_token(tx, "b")?);
        assert_eq!(attachments::tie(tx, theirs, None, "a", message)?, None);
        assert_eq!(attachments::of_messages(tx, theirs, &[message])?, vec![]);
        assert!(!attachments::delete_loose(tx, theirs, loose)?);
        assert!(!attachments::let_go(tx, theirs, loose)?);
        attachments::untie_all(tx, theirs, message)?;
        assert_eq!((attachments::by_token(tx, "a")?, attachments::by_token(tx, "b")?), before);
        Ok(())
    })
    .await;
});
