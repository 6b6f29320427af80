#include "shell/FuzzyMatch.h"

#include <algorithm>
#include <limits>

namespace sluice {

namespace {

constexpr int maxTyped = 64;
constexpr int maxText = 300;
constexpr int beginsWord = 8;
constexpr int followsOther = 10;
constexpr int impossible = std::numeric_limits<int>::min() / 2;

bool isBeginning(const QString &text, int at)
{
    if (at == 0)
        return true;
    const QChar before = text[at - 1];
    return !before.isLetterOrNumber() || (text[at].isUpper() && before.isLower());
}

} // namespace

std::optional<FuzzyMatch> FuzzyMatch::of(const QString &typed, const QString &text)
{
    QString letters;
    for (const QChar c : typed) {
        if (!c.isSpace() && letters.size() < maxTyped)
            letters += c.toCaseFolded();
    }
    const QString cut = text.left(maxText);
    const QString folded = [&] {
        QString out;
        for (const QChar c : cut)
            out += c.toCaseFolded();
        return out;
    }();
    const int n = static_cast<int>(letters.size());
    const int m = static_cast<int>(folded.size());
    if (n == 0)
        return FuzzyMatch{};
    // best[i][j]: of the first i + 1 letters, the last of them at j.
    std::vector<std::vector<int>> best(static_cast<std::size_t>(n),
                                       std::vector<int>(static_cast<std::size_t>(m), impossible));
    std::vector<std::vector<int>> from(static_cast<std::size_t>(n), std::vector<int>(static_cast<std::size_t>(m), -1));
    for (int i = 0; i < n; ++i) {
        int before = i == 0 ? 0 : impossible; // the best of the letters before, anywhere to the left
        int beforeAt = -1;
        for (int j = 0; j < m; ++j) {
            const auto at = static_cast<std::size_t>(j);
            if (folded[j] == letters[i] && before > impossible) {
                int score = before;
                int place = beforeAt;
                if (i > 0 && j > 0) {
                    const int adjacent = best[static_cast<std::size_t>(i - 1)][at - 1];
                    if (adjacent > impossible && adjacent + followsOther >= score) {
                        score = adjacent + followsOther;
                        place = j - 1;
                    }
                }
                best[static_cast<std::size_t>(i)][at] = score + 1 + (isBeginning(cut, j) ? beginsWord : 0);
                from[static_cast<std::size_t>(i)][at] = place;
            }
            if (i > 0 && best[static_cast<std::size_t>(i - 1)][at] > before) {
                before = best[static_cast<std::size_t>(i - 1)][at];
                beforeAt = j;
            }
        }
    }
    const std::vector<int> &last = best.back();
    const auto end = std::ranges::max_element(last);
    if (end == last.end() || *end <= impossible)
        return std::nullopt;
    FuzzyMatch match;
    match.score = *end * 100 - m;
    int j = static_cast<int>(end - last.begin());
    for (int i = n - 1; i >= 0; --i) {
        match.places.push_back(j);
        j = from[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
    std::ranges::reverse(match.places);
    return match;
}

} // namespace sluice
