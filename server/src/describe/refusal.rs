//! With what a request is refused.

use data::Phrase;

/// The statuses of refusals.
pub const STATUSES: [u16; 17] = [
    400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 415, 422, 429, 500, 501, 503, 507,
];

/// What a status means, with the codes that come with it.
pub fn says(status: u16) -> Phrase {
    match status {
        400 => Phrase::new(
            "地址、参数或内容不对（如 `unknown_parameter`、`missing_parameter`、`bad_parameter`、`bad_body`、`bad_field`）",
            "The address, a parameter or the body is wrong, such as `unknown_parameter`, `missing_parameter`, `bad_parameter`, \
             `bad_body`, `bad_field`",
        ),
        401 => Phrase::new(
            "没有登录（`unauthorized`），或用户名、密码不对（`bad_credentials`）",
            "Nobody is signed in (`unauthorized`), or the name or password is wrong (`bad_credentials`)",
        ),
        403 => Phrase::new(
            "没有权限（`forbidden`），令牌不够（`session_needed`），或请求来自别的网站（`cross_site`）",
            "No right to it (`forbidden`), a token will not do (`session_needed`), or the request is another site's (`cross_site`)",
        ),
        404 => Phrase::new(
            "没有这个地址、代码、版本或报送（如 `no_such_address`、`unknown_indicator`、`unknown_org_unit`、`nothing_as_of`）",
            "There is no such address, code, vintage or submission, such as `no_such_address`, `unknown_indicator`, \
             `unknown_org_unit`, `nothing_as_of`",
        ),
        405 => Phrase::new(
            "地址不接受这种方法（`method_not_allowed`），见 `Allow`",
            "The address does not take this method (`method_not_allowed`); see `Allow`",
        ),
        406 => Phrase::new(
            "没有 Accept 所列的格式（`not_acceptable`）",
            "None of the forms that `Accept` names is offered (`not_acceptable`)",
        ),
        408 => Phrase::new(
            "内容没有及时传完（`too_slow`）",
            "The body did not come in time (`too_slow`)",
        ),
        409 => Phrase::new(
            "现在不能这样做（如 `conflict`、`not_now`、`conflicts`、`undone`）",
            "It cannot be done as things are, such as `conflict`, `not_now`, `conflicts`, `undone`",
        ),
        412 => Phrase::new(
            "他人已修改（`changed`、`read_anew`）",
            "Somebody changed it since (`changed`, `read_anew`)",
        ),
        413 => Phrase::new("内容太大（`too_large`）", "The body is too large (`too_large`)"),
        415 => Phrase::new(
            "内容不是 JSON（`unsupported_media_type`）",
            "The body is not JSON (`unsupported_media_type`)",
        ),
        422 => Phrase::new(
            "文件读不了，或还有没有解决的问题（`unfinished`）",
            "The file cannot be read, or something in it is not solved (`unfinished`)",
        ),
        429 => Phrase::new(
            "尝试过多（`too_many_requests`），见 `Retry-After`",
            "Too many attempts (`too_many_requests`); see `Retry-After`",
        ),
        501 => Phrase::new(
            "没有实现（`not_implemented`、`format_not_offered`）",
            "This is not done (`not_implemented`, `format_not_offered`)",
        ),
        503 => Phrase::new(
            "暂时太忙（`busy`、`behind`），见 `Retry-After`",
            "Too busy for the moment (`busy`, `behind`); see `Retry-After`",
        ),
        507 => Phrase::new(
            "服务器的磁盘已满（`no_room`），或短地址已达上限（`too_many_charts`）",
            "The server's disk is full (`no_room`), or there are as many short addresses as there may be (`too_many_charts`)",
        ),
        _ => Phrase::new("服务器出错（`internal`）", "A fault of ours (`internal`)"),
    }
}
