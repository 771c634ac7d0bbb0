//! Routes that are written down while they are made, so that a test can walk over all of them.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodFilter, MethodRouter};

use super::{Caller, Refusal};
use crate::app::App;

/// A router under construction, with the table of what is in it.
#[derive(Default)]
pub(super) struct Routes {
    router: Router<App>,
    table: Vec<(Method, String)>,
}

impl Routes {
    /// No routes yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn get<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.route(path, &[Method::GET], routing::get(handler))
    }

    pub(super) fn post<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.route(path, &[Method::POST], routing::post(handler))
    }

    /// An update: clients of Chatwoot use both verbs for it.
    pub(super) fn patch<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let both = MethodFilter::PATCH.or(MethodFilter::PUT);
        self.route(path, &[Method::PATCH, Method::PUT], routing::on(both, handler))
    }

    pub(super) fn delete<H, T>(self, path: &str, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.route(path, &[Method::DELETE], routing::delete(handler))
    }

    /// An address of Chatwoot behind which there is nothing here: `404` with a sentence that says what
    /// is missing, to whoever may ask at all.
    pub(super) fn absent(self, method: Method, path: &str, sentence: &'static str) -> Self {
        let Ok(filter) = MethodFilter::try_from(method.clone()) else { return self };
        let handler = move |_: Caller| async move { Refusal::absent(sentence) };
        self.route(path, &[method], routing::on(filter, handler))
    }

    /// These and those.
    pub(super) fn merge(mut self, other: Routes) -> Self {
        self.table.extend(other.table);
        Self { router: self.router.merge(other.router), table: self.table }
    }

    /// These, and those below a prefix. A path of theirs that is `/` is the prefix itself.
    pub(super) fn under(mut self, prefix: &str, other: Routes) -> Self {
        let below =
            |path: String| if path == "/" { prefix.to_owned() } else { prefix.to_owned() + &path };
        self.table.extend(other.table.into_iter().map(|(method, path)| (method, below(path))));
        Self { router: self.router.nest(prefix, other.router), table: self.table }
    }

    pub(super) fn into_router(self) -> Router<App> {
        self.router
    }

    pub(super) fn into_table(self) -> Vec<(Method, String)> {
        self.table
    }

    fn route(mut self, path: &str, methods: &[Method], handler: MethodRouter<App>) -> Self {
        self.table.extend(methods.iter().map(|method| (method.clone(), path.to_owned())));
        Self { router: self.router.route(path, handler), table: self.table }
    }
}
