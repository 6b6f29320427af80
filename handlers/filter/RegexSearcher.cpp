#include "filter/RegexSearcher.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>

namespace sluice {

namespace {

constexpr std::string_view multilineFlag = "(?m)";
constexpr int maxMemory = 8 << 20;
/// Shorter ones stand nearly everywhere.
constexpr std::size_t minLiteral = 2;
/// More of them cost more than they spare.
constexpr std::size_t maxLiterals = 4;

re2::RE2::Options optionsFor(bool anyCase)
{
    re2::RE2::Options options;
    options.set_case_sensitive(!anyCase);
    options.set_log_errors(false);
    options.set_max_mem(maxMemory);
    return options;
}

/// The longest part that stands in a matching text as it is, whatever its case. Beyond ASCII, folding is not
/// RE2's everywhere; and where case does not matter `k` and `s` match characters beyond ASCII.
std::string usablePart(std::string_view atom, bool mayFold)
{
    std::string_view best;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= atom.size(); ++i) {
        const bool usable = i < atom.size() && static_cast<unsigned char>(atom[i]) < 0x80 &&
                            !(mayFold && (atom[i] == 'k' || atom[i] == 's'));
        if (usable)
            continue;
        if (i - start > best.size())
            best = atom.substr(start, i - start);
        start = i + 1;
    }
    return std::string(best);
}

/// RE2 knows which texts must be there for a pattern to match, but tells only whether a set of them suffices.
std::vector<std::string> requiredLiterals(const std::string &pattern, bool anyCase)
{
    re2::FilteredRE2 filtered(static_cast<int>(minLiteral));
    int id = 0;
    if (filtered.Add(pattern, optionsFor(anyCase), &id) != re2::RE2::NoError)
        return {};
    std::vector<std::string> atoms;
    filtered.Compile(&atoms);
    const auto suffices = [&](const std::vector<int> &present) {
        std::vector<int> potentials;
        filtered.AllPotentials(present, &potentials);
        return !potentials.empty();
    };
    constexpr std::size_t maxAtoms = 64;
    if (atoms.empty() || atoms.size() > maxAtoms || suffices({}))
        return {};

    const bool mayFold = anyCase || pattern.find("(?", 1) != std::string::npos;
    std::vector<std::string> parts;
    for (const std::string &atom : atoms)
        parts.push_back(usablePart(atom, mayFold));

    std::string required;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        std::vector<int> others;
        for (std::size_t other = 0; other < atoms.size(); ++other) {
            if (other != i)
                others.push_back(static_cast<int>(other));
        }
        if (!suffices(others) && parts[i].size() > required.size())
            required = parts[i];
    }
    if (required.size() >= minLiteral)
        return {required};
    if (parts.size() > maxLiterals ||
        std::ranges::any_of(parts, [](const std::string &part) { return part.size() < minLiteral; }))
        return {};
    std::ranges::sort(parts);
    return parts;
}

/// Conservative: a pattern that has any of these characters may depend on them.
bool hasAssertions(std::string_view pattern)
{
    if (pattern.find_first_of("^$") != pattern.npos)
        return true;
    for (const std::string_view assertion : {"\\b", "\\B", "\\A", "\\z", "\\Q"}) {
        if (pattern.find(assertion) != pattern.npos)
            return true;
    }
    return false;
}

} // namespace

Result<std::shared_ptr<const RegexSearcher>> RegexSearcher::create(const std::string &pattern, bool anyCase)
{
    if (pattern.empty())
        return Error{"The regular expression is empty."};
    if (pattern.size() > maxPatternBytes)
        return Error{"The regular expression is longer than " + std::to_string(maxPatternBytes) + " bytes."};
    const std::string multiline = std::string(multilineFlag) + pattern;
    auto regex = std::make_unique<re2::RE2>(multiline, optionsFor(anyCase));
    if (!regex->ok()) {
        std::string reason = regex->error();
        if (const std::size_t ours = reason.find(multilineFlag); ours != reason.npos)
            reason.erase(ours, multilineFlag.size());
        return Error{"This is no regular expression: " + reason + "."};
    }
    return std::shared_ptr<const RegexSearcher>(
        new RegexSearcher(std::move(regex), requiredLiterals(multiline, anyCase), !hasAssertions(pattern)));
}

RegexSearcher::RegexSearcher(std::unique_ptr<re2::RE2> regex, std::vector<std::string> literals,
                             bool ignoresSurroundings)
    : m_regex(std::move(regex)), m_literals(std::move(literals)), m_ignoresSurroundings(ignoresSurroundings)
{
}

RegexSearcher::~RegexSearcher() = default;

std::optional<TextRange> RegexSearcher::find(std::string_view text, std::size_t from) const
{
    if (from > text.size())
        return std::nullopt;
    re2::StringPiece found;
    if (!m_regex->Match(re2::StringPiece(text.data(), text.size()), from, text.size(), re2::RE2::UNANCHORED, &found, 1))
        return std::nullopt;
    return TextRange{static_cast<std::size_t>(found.data() - text.data()), found.size()};
}

bool RegexSearcher::isIn(std::string_view text) const
{
    return m_regex->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

} // namespace sluice
