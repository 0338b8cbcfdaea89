//! Every fixed text of screens and charts in both languages. A missing translation does not compile.

use crate::Lang;

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// The fixed texts of one language.
        #[derive(Debug)]
        pub struct Words {
            $(#[doc = $en] pub $name: &'static str,)+
        }

        const ZH: Words = Words { $($name: $zh,)+ };
        const EN: Words = Words { $($name: $en,)+ };
    };
}

impl Lang {
    /// The fixed texts in this language.
    pub fn words(self) -> &'static Words {
        match self {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}

words! {
    // The frame of every page.
    site: "工商联·年报", "Federation Yearbook";
    skip_to_content: "跳到正文", "Skip to content";
    navigation: "主导航", "Main";
    breadcrumb: "当前位置", "You are here";
    overview: "概览", "Overview";
    indicators: "指标", "Indicators";
    org_units: "地区", "Areas";
    search: "搜索", "Search";
    search_placeholder: "搜索县区，如禹城、371482", "Find an area, e.g. Yucheng, 371482";
    search_results: "搜索结果", "Search results";
    report: "报送", "Report";
    other_language: "English", "中文";
    switch_theme: "切换深色与浅色", "Switch between light and dark";
    about_data: "数字按原文报送，限定词与期间一并保留；未报送不等于零。",
        "Figures are shown as reported, with their qualifiers and periods; not reported is not zero.";
    open_data: "开放数据接口", "Open data API";
    unknown_parameters: "链接中有本页不认识的参数，已忽略：", "This link has parameters the page does not know; they were ignored: ";
    as_of_vintage: "这里显示的是过去的版本：", "This page shows a past state: ";
    vintage_number: "版本", "vintage";
    newest_figures: "查看最新数据", "Show the newest figures";
    synthetic_short: "合成", "synthetic";
    synthetic: "合成数据，仅作示例", "Synthetic data, for demonstration only";

    // Figures and tables.
    table: "表格与文字说明", "Table and description";
    source: "来源", "Source";
    download: "下载", "Download";
    embed: "嵌入", "Embed";
    whole_year: "下载整年数据", "Download a whole year";
    history: "公布历史", "Past states";
    as_of: "截至", "As of";
    period: "期间", "Period";
    value: "数值", "Value";
    change: "变化", "Change";
    unit: "单位", "Unit";
    area: "地区", "Area";
    indicator: "指标", "Indicator";
    vintage: "数据版本", "Vintage";
    not_reported: "未报送", "not reported";
    not_applicable: "不适用", "not applicable";
    suppressed: "不公布", "suppressed";
    not_collected: "未采集", "not collected";
    provisional: "初步数", "provisional";
    unvalidated: "未经审核", "not yet validated";
    estimated: "估计数", "estimated";
    forecast: "预测数", "forecast";
    imputed: "插补数", "imputed";
    definition_differs: "口径不同", "another definition";
    low_reliability: "可靠性较低", "low reliability";
    series_break: "序列中断，与此前不可比", "break in series: not comparable with earlier figures";
    counted: "据原文列名计数", "counted from names listed";
    rolled_up_from_below: "由下级地区合计", "taken together from the areas below";
    derived: "由其他指标推算", "derived from other figures";
    period_unstated: "期间原文未注明", "period not stated in the source";
    period_ambiguous: "期间原文两可", "period ambiguous in the source";
    start_unstated: "起点日期原文未注明", "opening date not stated in the source";
    bounds_unstated: "起止日期原文未注明", "bounds not stated in the source";
    another_unit: "单位不同", "another unit";
    not_on_this_axis: "灰色各项期间不同或原文未注明，不与上列同轴。",
        "The figures in grey have another period, or none is stated: they do not belong on the axis above.";
    rounded: "四舍五入", "rounded";

    keys: "键盘操作", "Keyboard";
    key_walk: "在图上：逐个查看数据", "on a chart: walk its figures";
    key_table: "在图上：打开或收起表格", "on a chart: open or close its table";
    key_close: "关闭", "close";
    chart_keys: "图表：用方向键逐个查看数据", "Chart: use the arrow keys to walk its figures";

    // Pages.
    all_indicators: "全部指标", "All indicators";
    all_areas: "全国各地", "Areas of the country";
    definition: "指标定义", "Definition";
    definition_version: "定义版本", "Version of the definition";
    group: "分类", "Group";
    roll_up_rule: "汇总方式", "Roll-up";
    time_rule: "时间性质", "Stock or flow";
    part_of: "包含于", "Part of";
    code: "代码", "Code";
    over_time: "历年", "Over time";
    ranking: "排名", "Ranking";
    add_area: "添加地区", "Add an area";
    remove: "移除", "Remove";
    nothing_to_add: "同级地区中没有其他地区报送此指标。", "No other area at this level has reported this indicator.";
    neighbours: "同级地区", "Neighbours";
    below: "下辖地区", "Areas below";
    figures_reported: "项数据", "figures";
    whole_unit: "查看全部指标与同级地区", "All indicators and neighbours";
    at_a_glance: "一年概览", "The year at a glance";
    silent: "未报送：", "Not reported:";
    nothing_reported: "尚未报送任何数据", "nothing has been reported yet";
    not_reported_is_not_zero: "未报送不等于零。", "Not reported is not zero.";
    figures_and_sources: "数据与来源", "Figures and sources";
    no_ranking: "无从排名", "Nothing to rank";
    who_has_reported: "谁已报送，谁未报送", "Who has reported and who has not";
    where_next: "接下来可看", "Where to go next";
    neighbour_with: "同级地区，", "a neighbour with";
    unit_above: "上级地区", "the area above";
    what_is_reported: "全部指标：报送哪些、怎样统计", "All indicators: what is reported and how it is counted";
    nothing_found: "没有找到匹配的地区。", "No area matches.";
    page_not_found: "没有这个页面", "There is no such page";
    page_not_found_hint: "地址可能有误，或该地区、指标的代码不存在。", "The address may be mistaken, or the code of the area or indicator does not exist.";
    to_overview: "回到概览", "Back to the overview";
    server_away: "暂时连不上服务器，正在重试…", "The server cannot be reached; trying again…";
    updated: "数据已更新", "The figures have been updated";
    retry: "现在重试", "Try now";
    request_failed: "服务器没有给出这一页的数据", "The server could not answer this page";
    request_id: "请求编号", "Request";
    stock: "时点数（存量）", "stock (a state at one moment)";
    flow: "时期数（流量）", "flow (over a period)";
    sum: "各地相加", "sum";
    no_roll_up: "不汇总", "not rolled up";
    mean: "取平均", "mean";
    ratio_of_sums: "合计之比", "ratio of sums";
    maximum: "取最大", "maximum";
}
