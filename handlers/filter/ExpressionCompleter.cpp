#include "filter/ExpressionCompleter.h"

#include "filter/ExpressionCaret.h"
#include "filter/ExpressionText.h"

#include <algorithm>
#include <set>

namespace sluice {

namespace {

using Kind = ExpressionCompletion::Kind;
using FieldKind = ExpressionField::Kind;

/// 2 if the candidate begins with what was typed, 1 if it contains it, in any case; 0 if not.
int likeness(std::string_view typed, const std::string &candidate)
{
    const TextSearcher searcher(typed, TextSearcher::Case::Any);
    if (searcher.isPrefixOf(candidate))
        return 2;
    return searcher.isIn(candidate) ? 1 : 0;
}

/// Adds those like what was typed, the likest first; no text twice.
void add(std::string_view typed, std::vector<ExpressionCompletion::Candidate> offered, ExpressionCompletion &out)
{
    std::set<std::string_view> seen;
    for (const auto &candidate : out.candidates)
        seen.insert(candidate.text);
    std::vector<std::pair<int, const ExpressionCompletion::Candidate *>> liked;
    for (const auto &candidate : offered) {
        const int like = likeness(typed, candidate.text);
        if (like > 0 && seen.insert(candidate.text).second)
            liked.emplace_back(like, &candidate);
    }
    std::ranges::stable_sort(liked, std::greater<>(), [](const auto &pair) { return pair.first; });
    std::vector<ExpressionCompletion::Candidate> added;
    for (const auto &[like, candidate] : liked)
        added.push_back(*candidate);
    for (auto &candidate : added) {
        if (out.candidates.size() < ExpressionCompleter::maxCandidates)
            out.candidates.push_back(std::move(candidate));
    }
}

std::vector<ExpressionCompletion::Candidate> operatorsFor(const ExpressionField &field)
{
    struct Offered
    {
        const char *text;
        const char *help;
        bool level, logger, time, text_, other;
    };
    static constexpr Offered offered[] = {
        {"== ", "is", true, true, true, true, true},
        {"!= ", "is not", true, true, true, true, true},
        {">= ", "is at least", true, false, true, false, true},
        {"> ", "is above, or later than", true, false, true, false, true},
        {"<= ", "is at most", true, false, true, false, true},
        {"< ", "is below, or earlier than", true, false, true, false, true},
        {"in ", "is one of (a, b), or from a..b", true, true, true, true, true},
        {"contains ", "has the text in it", false, true, false, true, true},
        {"startswith ", "begins with the text", false, true, false, true, true},
        {"endswith ", "ends with the text", false, true, false, true, true},
        {"~ ", "matches a /regular expression/", true, true, false, true, true},
        {"!~ ", "matches it nowhere", true, true, false, true, true},
        {"exists", "is there at all", false, false, false, false, true},
    };
    std::vector<ExpressionCompletion::Candidate> out;
    for (const Offered &op : offered) {
        const bool fits = field.kind == FieldKind::Level    ? op.level
                          : field.kind == FieldKind::Logger ? op.logger
                          : field.kind == FieldKind::Time   ? op.time
                          : field.kind == FieldKind::Attribute || field.kind == FieldKind::Extra ? op.other
                                                                                                 : op.text_;
        if (!fits)
            continue;
        const bool withChildren = field.kind == FieldKind::Logger && std::string_view(op.text) == "in ";
        out.push_back({Kind::Operator, op.text, withChildren ? "is it, or one of its children" : op.help});
    }
    return out;
}

bool continuesWord(char c) { return expression::continuesName(c) || c == '.' || c == '-'; }

} // namespace

void ExpressionCompleter::addFields(std::string_view typed, ExpressionCompletion &out) const
{
    std::vector<ExpressionCompletion::Candidate> offered;
    for (const KnownField &field : knownFields())
        offered.push_back({Kind::Field, std::string(field.name) + ' ', std::string(field.help)});
    for (const std::string &name : m_fields ? m_fields() : std::vector<std::string>())
        offered.push_back({Kind::Field, name + ' ', "a further field"});
    add(typed, std::move(offered), out);
}

void ExpressionCompleter::addValues(const ExpressionField &field, std::string_view typed, bool quoted,
                                    ExpressionCompletion &out) const
{
    std::vector<ExpressionCompletion::Candidate> offered;
    const auto offer = [&](const std::string &value, const char *help = "") {
        std::string text;
        if (quoted)
            expression::appendQuoted(value, text);
        else
            expression::appendWord(value, text);
        offered.push_back({Kind::Value, std::move(text), help});
    };
    if (field.kind == FieldKind::Level) {
        for (const char *name : {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
            offer(name);
    } else if (field.kind == FieldKind::Time) {
        for (const auto &[word, help] : {std::pair("now-5m", "five minutes ago"), {"now-1h", "an hour ago"},
                                         {"today", "since midnight"}, {"yesterday", "the day before"}})
            offer(word, help);
    }
    for (const std::string &value : m_values ? m_values(field) : std::vector<std::string>())
        offer(value);
    add(typed, std::move(offered), out);
}

ExpressionCompletion ExpressionCompleter::complete(std::string_view text, std::size_t caret) const
{
    using Expects = ExpressionCaret::Expects;
    caret = std::min(caret, text.size());
    const ExpressionCaret at = ExpressionCaret::at(text.substr(0, caret));
    const std::string_view typed = text.substr(at.begin, caret - at.begin);
    ExpressionCompletion out;
    std::size_t end = caret;
    if (!at.quoted && !typed.empty()) {
        while (end < text.size() && continuesWord(text[end]))
            ++end;
    }
    out.replaced = {at.begin, end - at.begin};
    switch (at.expects) {
    case Expects::Nothing:
        break;
    case Expects::Operator:
        add(typed, operatorsFor(*at.field), out);
        break;
    case Expects::Value:
        addValues(*at.field, at.quoted ? typed.substr(1) : typed, at.quoted, out);
        break;
    case Expects::TermOrJoint:
    case Expects::Joint:
        add(typed,
            {{Kind::Joint, "and ", "both hold"}, {Kind::Joint, "or ", "one of both holds"}},
            out);
        if (at.expects == Expects::Joint)
            break;
        [[fallthrough]];
    case Expects::Term:
        if (at.expects == Expects::Term)
            add(typed, {{Kind::Joint, "not ", "what follows does not hold"}}, out);
        addFields(typed, out);
        break;
    }
    return out;
}

} // namespace sluice
