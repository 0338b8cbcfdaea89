//! The operations, a file for each kind of caller. A new address of the router is described here: a test asks for it.

mod administering;
mod charts;
mod figures;
mod files;
mod pages;
mod reporting;
mod reviewing;
mod signing_in;
mod standards;

use data::Phrase;

use super::Operation;

/// Operations that the same people call.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Names it in links.
    pub id: &'static str,
    /// Who calls them, or for what.
    pub title: Phrase,
    /// What holds for all of them.
    pub about: Phrase,
    /// The operations.
    pub operations: fn() -> Vec<Operation>,
}

/// The groups: what everybody reads first.
pub const GROUPS: &[Group] = &[
    Group {
        id: "figures",
        title: Phrase::new("查阅数据", "Reading the figures"),
        about: Phrase::new(
            "对所有人开放，无须登录。每个答复都带有数据版本（ETag）。",
            "For everybody; nobody has to sign in. Every answer carries the version of the data as its ETag.",
        ),
        operations: figures::operations,
    },
    Group {
        id: "files",
        title: Phrase::new("下载文件", "Files to download"),
        about: Phrase::new("对所有人开放。", "For everybody."),
        operations: files::operations,
    },
    Group {
        id: "charts",
        title: Phrase::new("图、图片与嵌入", "Charts, pictures and embedding"),
        about: Phrase::new(
            "对所有人开放。同一地址总是同一张图；带 as-of 的不再变化。",
            "For everybody. One address is one chart, and with `as-of` it never changes.",
        ),
        operations: charts::operations,
    },
    Group {
        id: "standards",
        title: Phrase::new("开放标准", "Open standards"),
        about: Phrase::new(
            "对所有人开放。同样的数据，用统计机构交换的格式；限定词和状态是有代码的属性。",
            "For everybody. The same figures in the forms that statisticians exchange; qualifiers and statuses are coded attributes.",
        ),
        operations: standards::operations,
    },
    Group {
        id: "signing-in",
        title: Phrase::new("登录与本人账号", "Signing in, and one's own account"),
        about: Phrase::new(
            "浏览器用会话 Cookie；程序用令牌，写在请求头 `Authorization: Bearer …` 中。",
            "Browsers have a session in a cookie; programs have a token, in `Authorization: Bearer …`.",
        ),
        operations: signing_in::operations,
    },
    Group {
        id: "reporting",
        title: Phrase::new("报送", "Reporting"),
        about: Phrase::new(
            "由一个单位的报送人（reporter）调用；审核人也可查阅。",
            "For reporters of a unit; its reviewers see the same.",
        ),
        operations: reporting::operations,
    },
    Group {
        id: "reviewing",
        title: Phrase::new("审核与撤销", "Reviewing and undoing"),
        about: Phrase::new(
            "由上级单位的审核人（reviewer）调用；本人报送的不能自己审核。",
            "For reviewers of a unit above; nobody decides on what they sent themselves.",
        ),
        operations: reviewing::operations,
    },
    Group {
        id: "administering",
        title: Phrase::new("管理", "Administering"),
        about: Phrase::new(
            "由管理员（administrator）在其所辖范围内调用，只能用会话，不能用令牌。",
            "For administrators, each in their part of the tree; in a session only, never with a token.",
        ),
        operations: administering::operations,
    },
    Group {
        id: "pages",
        title: Phrase::new("网页与运行", "Pages, and running the program"),
        about: Phrase::new(
            "供人打开的网页、网页所用的数据，以及运维查看的状态。",
            "What people open, what those pages are made of, and what an operator watches.",
        ),
        operations: pages::operations,
    },
];
