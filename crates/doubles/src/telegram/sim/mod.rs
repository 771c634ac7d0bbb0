//! The control side: what people do, faults, and the books, as JSON under `/sim`, and the page
//! at `/` on which anyone plays the customer.

mod acts;
mod content;
mod groups;
mod page;
mod routes;

pub(crate) use acts::{Act, Actor};
pub(crate) use page::page;
pub(crate) use routes::routes;

use serde_json::Value;

use super::state::{Media, State};

impl State {
    /// Puts a picture on a person's profile; the newest is the first.
    pub(crate) fn wears(&mut self, actor: Actor, picture: &Value) -> Act<()> {
        let file =
            self.keep_file(actor.bot, Media::Photo, content::new_file(Media::Photo, picture)?);
        let person = self.people.get_mut(&actor.user);
        person
            .ok_or_else(|| format!("nobody has the number {}", actor.user))?
            .photos
            .insert(0, file);
        Ok(())
    }
}
