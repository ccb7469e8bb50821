//! What a page says of its article beside the body.
//!
//! In: a page's [`Tree`]. Out: title, section, byline, date, address and publisher, each from the
//! first place that names it: JSON-LD, OpenGraph and other meta tags, `<time>`, and the page as
//! readers see it. `<title>Talks resume - The Daily</title>` with `<h1>Talks resume</h1>` gives the
//! title `Talks resume`.

use crate::boilerplate::{breadcrumb, is_home};
use crate::bylines::{byline_and_date, clean_byline, date_of_line, is_bare_byline, is_byline};
use crate::cleaning::same_title;
use crate::dates::{are_neighbours, date_in, date_in_address};
use crate::dom::{NodeId, Tree};
use crate::linked_data::linked_data;
use crate::paragraphs::{count_words, words_of};

/// What was found; nothing is guessed.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    /// The article's text as JSON-LD repeats it.
    pub(crate) body: Option<String>,
    /// The page says that it is an article (not a front page, a shop, a list).
    pub(crate) says_article: bool,
}

/// Meta tags that hold the day of publication, the surest first.
const DATE_TAGS: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "published_at",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "dc.date.created",
    "dc.created",
    "citation_publication_date",
    "citation_date",
    "date",
    "originalpublicationdate",
    "article_date_original",
    "datecreated",
    "article:published",
    "created",
    "displaydate",
    "timestamp",
    "rnews:datepublished",
];

/// Reads a page. `given` is its address, if the input names one.
pub(crate) fn metadata(tree: &Tree, given: Option<&str>) -> Metadata {
    let mut found = Metadata::default();
    let tags = meta_tags(tree);
    let tag = |names: &[&str]| -> Option<String> {
        names
            .iter()
            .find_map(|name| tags.iter().find(|(key, _)| key == name))
            .map(|(_, v)| v.clone())
    };
    let linked = linked_data(tree);

    found.publisher = tag(&["og:site_name"])
        .or(linked.publisher)
        .or_else(|| tag(&["application-name", "dc.publisher"]));
    found.url = tree
        .elements()
        .find(|(_, e)| {
            &*e.name == "link"
                && e.attribute("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical"))
        })
        .and_then(|(_, e)| e.attribute("href"))
        .map(str::to_owned)
        .filter(|url| url.starts_with("http"))
        .or_else(|| tag(&["og:url"]).filter(|url| url.starts_with("http")))
        .or(linked.url)
        .or_else(|| given.map(str::to_owned));
    found.says_article = linked.says_article
        || tag(&["og:type"]).is_some_and(|kind| kind.to_ascii_lowercase().contains("article"))
        || tags.iter().any(|(key, _)| key == "article:published_time");
    found.body = linked.body;
    let publisher = found.publisher.clone();
    found.title = title(
        tree,
        linked.title,
        tag(&["og:title", "twitter:title", "dc.title", "title"]),
        publisher.as_deref(),
    );
    let section = |text: String| {
        let text = words_of(text.split(',').next().unwrap_or_default());
        let of_site = publisher.as_deref().is_some_and(|name| same_title(name, &text));
        (!text.is_empty() && count_words(&text) <= 6 && !text.starts_with("http") && !of_site)
            .then_some(text)
    };
    let title = found.title.as_deref();
    found.section = crumbs(tree, title)
        .or_else(|| section_of(&linked.crumbs, title))
        .and_then(section)
        .or_else(|| {
            let names = [
                "article:section",
                "og:article:section",
                "section",
                "parsely-section",
                "cxenseparse:section",
                "dc.subject.section",
            ];
            tag(&names).and_then(section)
        })
        .or_else(|| linked.section.and_then(section));
    found.byline = linked
        .byline
        .or_else(|| {
            tag(&[
                "author",
                "article:author",
                "og:article:author",
                "dc.creator",
                "parsely-author",
                "byl",
                "sailthru.author",
                "citation_author",
            ])
        })
        .and_then(|name| clean_byline(&name))
        .or_else(|| printed_byline(tree));
    let in_address = found.url.as_deref().or(given).and_then(date_in_address);
    found.date = linked
        .date
        .as_deref()
        .and_then(date_in)
        .or_else(|| DATE_TAGS.iter().find_map(|name| tag(&[name]).and_then(|v| date_in(&v))))
        .or_else(|| marked_date(tree))
        .or_else(|| in_address.clone());
    // A moment given in another time zone may fall on the day before or after the site's own.
    if let (Some(date), Some(own)) = (&found.date, in_address)
        && are_neighbours(date, &own)
    {
        found.date = Some(own);
    }
    found
}

/// All `<meta>` tags: name or property in lower case, and content.
fn meta_tags(tree: &Tree) -> Vec<(String, String)> {
    tree.elements()
        .filter(|(_, e)| &*e.name == "meta")
        .filter_map(|(_, e)| {
            let key = e
                .attribute("property")
                .or_else(|| e.attribute("name"))
                .or_else(|| e.attribute("itemprop"))?;
            let value = words_of(e.attribute("content")?);
            (!value.is_empty()).then(|| (key.trim().to_ascii_lowercase(), value))
        })
        .take(400)
        .collect()
}

/// The headline: as printed in an `<h1>` if that is what the page's tags say too.
fn title(
    tree: &Tree,
    linked: Option<String>,
    tag: Option<String>,
    publisher: Option<&str>,
) -> Option<String> {
    let head = tree
        .elements()
        .find(|(_, e)| &*e.name == "title")
        .map(|(id, _)| tree.text(id))
        .filter(|t| !t.is_empty());
    let headings: Vec<String> = tree
        .elements()
        .filter(|(_, e)| &*e.name == "h1")
        .map(|(id, _)| tree.text(id))
        .filter(|text| !text.is_empty() && text.len() < 400)
        .take(10)
        .collect();
    for said in [&linked, &tag, &head].into_iter().flatten() {
        if let Some(printed) =
            headings.iter().find(|h| count_words(h) >= 2 && (same_title(said, h) || holds(said, h)))
        {
            return Some(printed.clone());
        }
    }
    linked
        .or_else(|| tag.map(|t| without_site(&t, publisher)))
        .or_else(|| (headings.len() == 1).then(|| headings.first().cloned()).flatten())
        .or_else(|| head.map(|t| without_site(&t, publisher)))
        .or_else(|| headings.into_iter().next())
}

/// Whether `title` begins with or ends in `heading`, letters and digits compared.
fn holds(title: &str, heading: &str) -> bool {
    let letters = |s: &str| {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let (title, heading) = (letters(title), letters(heading));
    heading.len() >= 12 && (title.starts_with(&heading) || title.ends_with(&heading))
}

/// A page title without the name of the site at its end or start.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " • "] {
        if let Some((rest, last)) = title.rsplit_once(mark) {
            let named = publisher.is_some_and(|name| same_title(name, last));
            if named
                || (count_words(last) <= 4
                    && count_words(rest) >= 3
                    && count_words(rest) > count_words(last))
            {
                return without_site(rest.trim(), publisher);
            }
            if let Some((first, rest)) = title.split_once(mark)
                && publisher.is_some_and(|name| same_title(name, first))
            {
                return rest.trim().to_owned();
            }
        }
    }
    title.trim().to_owned()
}

/// The section from the trail of links above the article.
fn crumbs(tree: &Tree, title: Option<&str>) -> Option<String> {
    for (id, element) in tree.elements() {
        let labelled = element.labels().any(|label| {
            let label = label.to_ascii_lowercase();
            label.contains("breadcrumb") || label.split(['-', '_', ' ']).any(|w| w == "crumbs")
        }) || element
            .attribute("aria-label")
            .is_some_and(|l| l.to_ascii_lowercase().contains("breadcrumb"))
            || element.attribute("itemtype").is_some_and(|t| t.ends_with("BreadcrumbList"));
        if !labelled || &*element.name == "body" {
            continue;
        }
        let mut parts: Vec<String> = (id..tree.end(id))
            .filter(|child| matches!(tree.name(*child), "a" | "li"))
            .filter(|child| tree.name(*child) == "a" || !has_link(tree, *child))
            .map(|child| tree.text(child))
            .map(|text| text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned())
            .filter(|text| !text.is_empty())
            .take(10)
            .collect();
        if parts.is_empty() {
            let text = tree.text(id);
            parts = breadcrumb(&text).unwrap_or_default().into_iter().map(str::to_owned).collect();
        }
        if let Some(section) = section_of(&parts, title) {
            return Some(section);
        }
    }
    None
}

fn has_link(tree: &Tree, id: NodeId) -> bool {
    (id + 1..tree.end(id)).any(|child| tree.name(child) == "a")
}

/// The first crumb that is neither the way home nor the article itself.
pub(crate) fn section_of<S: AsRef<str>>(parts: &[S], title: Option<&str>) -> Option<String> {
    parts
        .iter()
        .map(AsRef::as_ref)
        .find(|part| {
            !is_home(part)
                && !title
                    .is_some_and(|t| same_title(t, part) || holds(t, part) || part.ends_with('…'))
        })
        .filter(|part| count_words(part) <= 5)
        .map(str::to_owned)
}

/// The author as the page prints it.
fn printed_byline(tree: &Tree) -> Option<String> {
    for wanted in 0..3u8 {
        for (id, element) in tree.elements() {
            let fits = match wanted {
                0 => {
                    element.attribute("rel") == Some("author")
                        || element.attribute("itemprop") == Some("author")
                }
                1 => element.labels().any(|l| l.to_ascii_lowercase().contains("byline")),
                _ => element.labels().flat_map(str::split_ascii_whitespace).any(|l| {
                    matches!(
                        l.to_ascii_lowercase().as_str(),
                        "author"
                            | "author-name"
                            | "authorname"
                            | "post-author"
                            | "entry-author"
                            | "article-author"
                            | "author__name"
                    )
                }),
            };
            if !fits || matches!(&*element.name, "body" | "html" | "link" | "meta") {
                continue;
            }
            let text = tree.text(id);
            if count_words(&text) <= 10
                && date_in(&text).is_none()
                && let Some(name) = clean_byline(&text)
            {
                return Some(name);
            }
        }
    }
    below_headline(tree, |text| {
        (is_byline(text) || is_bare_byline(text)).then(|| byline_and_date(text).0).flatten()
    })
}

/// A date that the page marks up: `itemprop="datePublished"`, `<time pubdate>`, `<time datetime>`.
fn marked_date(tree: &Tree) -> Option<String> {
    let value = |id: NodeId| {
        let element = tree.element(id)?;
        ["datetime", "content", "title"]
            .iter()
            .find_map(|name| element.attribute(name).and_then(date_in))
            .or_else(|| date_in(&tree.text(id)))
    };
    let by = |test: &dyn Fn(&crate::dom::Element) -> bool| {
        tree.elements().filter(|(_, e)| test(e)).find_map(|(id, _)| value(id))
    };
    by(&|e| {
        matches!(e.attribute("itemprop"), Some("datePublished" | "dateCreated"))
            || e.attribute("property") == Some("datePublished")
    })
    .or_else(|| by(&|e| &*e.name == "time" && e.attribute("pubdate").is_some()))
    .or_else(|| {
        by(&|e| {
            &*e.name == "time"
                && e.labels().any(|l| {
                    l.contains("publish") || l.contains("entry-date") || l.contains("posted")
                })
        })
    })
    .or_else(|| {
        // The first `<time>` after the headline; those before it belong to the site.
        let from = tree.elements().find(|(_, e)| &*e.name == "h1").map_or(0, |(id, _)| id);
        tree.elements()
            .filter(|(id, e)| &*e.name == "time" && *id > from)
            .take(2)
            .find_map(|(id, _)| value(id))
    })
    .or_else(|| printed_date(tree))
    .or_else(|| {
        by(&|e| {
            e.labels().any(|l| {
                l.split_ascii_whitespace().any(|c| {
                    matches!(
                        c,
                        "published"
                            | "entry-date"
                            | "post-date"
                            | "postdate"
                            | "article-date"
                            | "publish-date"
                            | "date-published"
                    )
                })
            })
        })
    })
}

/// A date that is printed near the headline.
fn printed_date(tree: &Tree) -> Option<String> {
    below_headline(tree, date_of_line)
}

/// What the first short line below the headline tells of which `read` gives something.
fn below_headline(tree: &Tree, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let from = tree.elements().find(|(_, e)| &*e.name == "h1").map_or(0, |(id, _)| id);
    let mut seen = 0;
    for (id, element) in tree.elements().filter(|(id, _)| *id > from) {
        if !matches!(&*element.name, "p" | "div" | "span" | "time" | "small" | "li" | "em" | "td") {
            continue;
        }
        let own: usize = tree.end(id) - id;
        if own > 12 {
            continue;
        }
        let text = tree.text(id);
        if text.is_empty() {
            continue;
        }
        if let Some(found) = read(&text) {
            return Some(found);
        }
        seen += text.len();
        if seen > 1500 {
            break;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_with_everything() {
        let tree = Tree::parse(
            r#"<head><title>Talks resume - The Daily</title><meta property="og:site_name" content="The Daily">
            <link rel=canonical href="https://daily.example/talks"><script type="application/ld+json">
            {"@graph":[{"@type":"NewsArticle","headline":"Talks resume &amp; stall","datePublished":"2023-06-19T10:00:00Z",
            "author":[{"name":"Ann Lee"},{"name":"Bo Roe"}]}]}</script></head>
            <body><nav class="breadcrumbs"><a>Home</a> <a>World</a> <span>Talks resume</span></nav>
            <h1>Talks resume &amp; stall</h1>"#,
        );
        let found = metadata(&tree, None);
        assert_eq!(found.title.as_deref(), Some("Talks resume & stall"));
        assert_eq!(found.section.as_deref(), Some("World"));
        assert_eq!(found.byline.as_deref(), Some("Ann Lee, Bo Roe"));
        assert_eq!(found.date.as_deref(), Some("2023-06-19"));
        assert_eq!(found.url.as_deref(), Some("https://daily.example/talks"));
        assert_eq!(found.publisher.as_deref(), Some("The Daily"));
    }

    #[test]
    fn of_a_page_without_tags() {
        let tree = Tree::parse(
            "<title>Talks resume in Oslo | The Daily</title><h2>x</h2><p>By Ann Lee<p>Published: June 19, 2023",
        );
        let found = metadata(&tree, None);
        assert_eq!(found.title.as_deref(), Some("Talks resume in Oslo"));
        assert_eq!(found.date.as_deref(), Some("2023-06-19"));
        assert_eq!(found.byline.as_deref(), Some("Ann Lee"));
        assert_eq!(metadata(&Tree::parse("<p>Monday"), None).date, None);
        let together = "<h1>Talks resume in Oslo</h1><div>By Ann Lee and Bo Roe<br>Monday, June 19, 2023</div>";
        let found = metadata(&Tree::parse(together), None);
        assert_eq!(found.byline.as_deref(), Some("Ann Lee and Bo Roe"));
        assert_eq!(found.date.as_deref(), Some("2023-06-19"));
    }
}
