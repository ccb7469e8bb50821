//! What a page says of its article in JSON-LD.
//!
//! In: the scripts of a page. Out: what its first article object says, and the names in its
//! trail of breadcrumbs. `{"@type": "NewsArticle", "headline": "Talks resume"}` gives a title.

use serde_json::Value;

use crate::dom::Tree;
use crate::paragraphs::words_of;

/// What a page's JSON-LD says of its article.
#[derive(Default)]
pub(crate) struct Linked {
    pub(crate) title: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) crumbs: Vec<String>,
    pub(crate) says_article: bool,
}

/// Reads all JSON-LD of a page: of its first article, and of its breadcrumbs.
pub(crate) fn linked_data(tree: &Tree) -> Linked {
    let mut found = Linked::default();
    for script in tree.json_ld.iter().take(30) {
        let Some(value) = lenient_json(script) else { continue };
        // The objects at the top, in `@graph`s and in arrays of these; deeper ones tell of others.
        let mut queue = vec![&value];
        let mut objects = Vec::new();
        while let Some(value) = queue.pop() {
            match value {
                Value::Array(values) => queue.extend(values.iter().rev()),
                Value::Object(object) => {
                    if let Some(graph) = object.get("@graph") {
                        queue.push(graph);
                    }
                    if let Some(main @ Value::Object(_)) = object.get("mainEntity") {
                        queue.push(main);
                    }
                    objects.push(value);
                }
                _ => {}
            }
            if objects.len() > 200 {
                break;
            }
        }
        for object in objects {
            read_object(object, &mut found);
        }
    }
    found
}

fn read_object(object: &Value, found: &mut Linked) {
    let kinds = strings(object.get("@type"));
    let is = |suffix: &str| kinds.iter().any(|kind| kind.ends_with(suffix));
    if is("BreadcrumbList") && found.crumbs.is_empty() {
        let items = object.get("itemListElement").and_then(Value::as_array);
        for item in items.into_iter().flatten().take(10) {
            let name = item.get("name").or_else(|| item.pointer("/item/name"));
            if let Some(name) = name.and_then(Value::as_str) {
                found.crumbs.push(words_of(&unescape(name)));
            }
        }
    }
    if is("Article") || is("BlogPosting") || is("LiveBlogPosting") || is("Report") {
        found.says_article = true;
        let text = |key: &str| {
            object
                .get(key)
                .and_then(Value::as_str)
                .map(|s| words_of(&unescape(s)))
                .filter(|s| !s.is_empty())
        };
        found.title = found.title.take().or_else(|| text("headline")).or_else(|| text("name"));
        found.date =
            found.date.take().or_else(|| text("datePublished")).or_else(|| text("dateCreated"));
        found.section = found
            .section
            .take()
            .or_else(|| strings(object.get("articleSection")).into_iter().next());
        found.url = found.url.take().or_else(|| text("url")).filter(|u| u.starts_with("http"));
        if found.body.is_none() {
            // Kept with its line breaks: they are its paragraphs.
            found.body = object.get("articleBody").and_then(Value::as_str).map(str::to_owned);
        }
        if found.byline.is_none() {
            let names = people(object.get("author").or_else(|| object.get("creator")));
            found.byline = (!names.is_empty()).then(|| names.join(", "));
        }
        if found.publisher.is_none() {
            found.publisher = people(object.get("publisher")).into_iter().next();
        }
    }
}

/// JSON as sites write it: with line breaks in strings, comments or CDATA marks about it.
fn lenient_json(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let flat: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&flat).ok()
    })
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![words_of(&unescape(text))],
        Some(Value::Array(values)) => {
            values.iter().filter_map(Value::as_str).map(|s| words_of(&unescape(s))).collect()
        }
        _ => Vec::new(),
    }
}

/// Names of persons or bodies: strings, objects with a `name`, or lists of both.
fn people(value: Option<&Value>) -> Vec<String> {
    let mut names = Vec::new();
    let mut queue: Vec<&Value> = value.into_iter().collect();
    while let Some(value) = queue.pop() {
        match value {
            Value::String(name) => names.push(words_of(&unescape(name))),
            Value::Array(values) => queue.extend(values.iter().rev().take(20)),
            Value::Object(object) => queue.extend(object.get("name")),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty() && !name.starts_with("http"));
    names.dedup();
    names
}

/// Character references that JSON-LD carries over from HTML.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    Tree::parse(text).text(0)
}
