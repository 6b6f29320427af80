#include "filter/ExpressionReference.h"

#include "filter/ExpressionField.h"

namespace sluice {

namespace {

constexpr ExpressionTopic topics[] = {
    {"timeout  connection refused", "is looked for as it stands, spaces and all, in message, traceback and logger's name; "
                                    "small letters find capitals too, a capital letter finds itself alone"},
    {"\"not found\"  'a or b'", "quotes make a text of words that mean something else; `\\\" \\\\ \\n \\t` are a quote, a backslash, a line end and a tab"},
    {"/timed out after \\d+ ms/  /error/i", "a regular expression (RE2's syntax); ^ and $ stand at the ends of lines"},
    {"a and b  a or b  not a  (a or b) c  -a", "also && || !; terms side by side must all hold; - before a word denies it"},
    {"level >= WARNING  level == 35  level in INFO..ERROR", "levels by name or number, in their order"},
    {"logger in app.db  logger == app.db  logger in (app.db, app.http)", "with `in` a logger and its children; with == it alone"},
    {"time >= 14:03  time in 23:50..00:10", "without a date: a time of each day, by the local clock"},
    {"time > 2026-11-21 14:00  time == 2026-11-21  time < 2026-11-21T14:00+02:00", "local, unless a zone is said; == is all of what is said"},
    {"time > now-5m  time == today  time > yesterday 18:00  time >= 1700000000", "now is when a view's filter was set; in a chain, when the record passes"},
    {"message contains retry  text startswith Trace  filename endswith db.py", "case as in a plain search; `text` is message or traceback"},
    {"funcName ~ /^get_/  message !~ \"a+\"", "matches a regular expression somewhere, or nowhere"},
    {"status >= 500  request.user.id == 42  extra.level == low  [\"odd key\"] exists",
     "a further field, through dictionaries and lists (items.0); with extra. in front where an attribute has the name"},
    {"status in (404, 500..599)  user not in (ann, bob)", "one of several values or ranges, ends included"},
    {"elapsed > 500ms  size_kb > 2MiB", "ns us ms s m h d, and B kB MB GB TB KiB MiB GiB TiB: in seconds or bytes, or "
                                        "in what the field's name ends in (_ms, _us, _ns, _min, _hours, _kb, _mb, _kib, …)"},
    {"code == 7  code == \"007\"", "a number also finds text that is that number; a text in quotes finds just that text"},
    {"user == ann  flag == true  user == none", "== and != heed case; true, false and none also find Python's own"},
    {"tags == slow  extra contains ann", "a list or dictionary is like any of its members"},
    {"user.id exists  user.id != 42", "a field that is missing, or None, does not exist; comparisons with it fail, "
                                      "so that !=, !~ and not in hold"},
    {"source == 127.0.0.1  source contains worker", "who sent it: process's name, peer, or receiver"},
};

} // namespace

std::span<const ExpressionTopic> expressionTopics() { return topics; }

std::string expressionReference()
{
    std::string out;
    for (const ExpressionTopic &topic : topics) {
        out += "  ";
        out += topic.examples;
        out += "\n      ";
        std::size_t column = 6;
        std::string_view rest = topic.meaning;
        while (!rest.empty()) {
            const std::string_view word = rest.substr(0, rest.find(' '));
            constexpr std::size_t width = 110;
            if (column + word.size() > width) {
                out += "\n      ";
                column = 6;
            }
            out += word;
            out += ' ';
            column += word.size() + 1;
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        }
        out.back() = '\n';
    }
    out += "\nFields of every record:\n";
    for (const KnownField &field : knownFields()) {
        const std::string name(field.name);
        out += "  " + name + std::string(name.size() < 16 ? 16 - name.size() : 1, ' ') + std::string(field.help) + '\n';
    }
    return out;
}

std::string expressionReferenceMarkdown()
{
    std::string out = "| written | means |\n|---|---|\n";
    for (const ExpressionTopic &topic : topics) {
        out += "| `";
        for (std::size_t i = 0; i < topic.examples.size(); ++i) {
            const char c = topic.examples[i];
            if (c == ' ' && topic.examples.substr(i).starts_with("  ")) {
                out += "` `";
                ++i;
            } else if (c == '|') {
                out += "\\|";
            } else {
                out += c;
            }
        }
        out += "` | ";
        for (const char c : topic.meaning)
            out += c == '|' ? std::string("\\|") : std::string(1, c);
        out += " |\n";
    }
    return out;
}

} // namespace sluice
