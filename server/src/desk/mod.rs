//! What clerks, reviewers and administrators see: pages drawn by the server, which work by plain forms without script.
//!
//! `html/` makes pages of JSON shapes; the handlers here ask the API as the visitor (`client.rs`) and place its answers.

mod account;
mod admin;
mod client;
mod embedding;
mod form;
mod history;
mod html;
mod me;
mod report;
mod reporting;
mod review;
mod shapes;
mod sign_in;
mod units;
mod upload;
mod vintages;
mod visit;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::http::app::App;

/// The addresses of the desk.
pub const PATHS: [&str; 24] = [
    "/sign-in",
    "/sign-out",
    "/links/{token}",
    "/report",
    "/report/form",
    "/report/{submission}",
    "/report/{submission}/form",
    "/report/{submission}/{act}",
    "/review",
    "/review/{submission}",
    "/review/{submission}/{act}",
    "/history",
    "/vintages",
    "/vintages/{vintage}",
    "/vintages/{vintage}/{act}",
    "/admin",
    "/admin/embedding-hosts",
    "/admin/accounts/{account}",
    "/admin/accounts/{account}/{act}",
    "/reporting",
    "/embedding",
    "/me",
    "/me/{act}",
    "/me/tokens/{token}",
];

/// Adds the addresses of the desk to a router.
pub fn routes(router: Router<Arc<App>>) -> Router<Arc<App>> {
    let [
        sign_in,
        sign_out,
        link,
        reports,
        new_form,
        report,
        report_form,
        report_act,
        queue,
        review,
        review_act,
        history,
        published,
        vintage,
        vintage_act,
        people,
        listed_hosts,
        account,
        account_act,
        reporting,
        tester,
        myself,
        my_act,
        my_token,
    ] = PATHS;
    router
        .route(sign_in, get(sign_in::show).post(sign_in::sign_in))
        .route(sign_out, post(sign_in::sign_out))
        .route(link, get(sign_in::show_link).post(sign_in::use_link))
        .route(reports, get(report::list).post(report::create))
        .route(new_form, get(form::show_new).post(form::create))
        .route(report, get(report::show))
        .route(report_form, get(form::show).post(form::replace))
        .route(report_act, post(report::act))
        .route(queue, get(review::queue))
        .route(review, get(review::show))
        .route(review_act, post(review::act))
        .route(history, get(history::show))
        .route(published, get(vintages::list))
        .route(vintage, get(vintages::show))
        .route(vintage_act, post(vintages::act))
        .route(people, get(admin::show).post(admin::create))
        .route(listed_hosts, post(admin::list_hosts))
        .route(account, get(account::show))
        .route(account_act, post(account::act))
        .route(reporting, get(reporting::show).post(reporting::set))
        .route(tester, get(embedding::show).post(embedding::test))
        .route(myself, get(me::show))
        .route(my_act, post(me::act))
        .route(my_token, post(me::revoke))
}
