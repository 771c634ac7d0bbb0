//! Files that no message took, and a place of files that fails.

use std::path::PathBuf;
use std::time::Duration;

use tertulia_engine::attachments::{Upload, purge, upload};
use tertulia_engine::{Blobs, Error};
use tertulia_testkit::{TestDb, on_every_engine};

use super::world::World;

on_every_engine!(a_file_that_could_not_be_deleted_goes_with_the_next_sweep, async |db: &TestDb| {
    let folder = db.dir().join("files");
    std::fs::create_dir(&folder).unwrap();
    let mut world = World::open(db).await;
    world.engine = world.engine.clone().with_blobs(Blobs::in_folder(&folder, 2).unwrap());
    let file = Upload { name: "draft.txt".to_owned(), bytes: "never sent".into() };
    upload(&world.engine, &world.agent(), file).await.unwrap();
    let place = folder.join(world.account.to_string());
    let files = || -> Vec<PathBuf> {
        std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    let [path] = &files()[..] else { panic!("{:?}", files()) };
    world.clock.advance(Duration::from_secs(world.engine.settings.uploads.loose_secs + 1));
    // What is a folder cannot be deleted as a file.
    let aside = folder.join("aside");
    std::fs::rename(path, &aside).unwrap();
    std::fs::create_dir(path).unwrap();
    assert!(matches!(purge(&world.engine).await, Err(Error::Storage(_))));
    std::fs::remove_dir(path).unwrap();
    std::fs::rename(&aside, path).unwrap();
    assert_eq!(purge(&world.engine).await.unwrap(), 1);
    assert_eq!(files(), Vec::<PathBuf>::new());
    assert_eq!(purge(&world.engine).await.unwrap(), 0);
});
