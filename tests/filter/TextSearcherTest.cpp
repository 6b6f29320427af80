#include "filter/TextSearcher.h"
#include "support/Patience.h"

#include <random>

using namespace sluice;
using Case = TextSearcher::Case;

namespace {

QByteArray bytes(std::string_view text) { return {text.data(), qsizetype(text.size())}; }

/// The plainest search there is.
std::size_t slowFind(std::string_view text, std::string_view needle, std::size_t from, bool exact)
{
    const auto fold = [&](char c) { return !exact && c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    for (std::size_t at = from; at + needle.size() <= text.size(); ++at) {
        std::size_t i = 0;
        while (i < needle.size() && fold(text[at + i]) == fold(needle[i]))
            ++i;
        if (i == needle.size())
            return at;
    }
    return text.npos;
}

} // namespace

class TextSearcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsThere_data()
    {
        QTest::addColumn<QByteArray>("needle");
        QTest::addColumn<int>("letters");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("size");
        const auto row = [](const char *name, std::string_view needle, Case letters, std::string_view text, int at, int size) {
            QTest::newRow(name) << bytes(needle) << int(letters) << bytes(text) << at << size;
        };
        row("empty", "", Case::Any, "text", 0, 0);
        row("empty in empty", "", Case::Any, "", 0, 0);
        row("exact", "Pool", Case::Exact, "pool Pool", 5, 4);
        row("any", "POOL", Case::Any, "a pool", 2, 4);
        row("smart, small letters", "pool", Case::Smart, "a POOL", 2, 4);
        row("smart, a capital", "Pool", Case::Smart, "pool POOL", -1, 0);
        row("at the end", "end", Case::Any, "the end", 4, 3);
        row("one letter", "x", Case::Any, "aXb", 1, 1);
        row("longer than the text", "longer", Case::Any, "long", -1, 0);
        row("@ is no capital of `", "`", Case::Any, "@", -1, 0);
        row("[ is no capital of {", "{", Case::Any, "[", -1, 0);
        row("Greek", "σίσυφος", Case::Any, "ο ΣΊΣΥΦΟΣ", 3, 14);
        row("Greek, final s", "ΣΊΣΥΦΟΣ", Case::Any, "σίσυφος", 0, 14);
        row("a character beyond ASCII in the middle", "straße", Case::Any, "die STRAßE", 4, 7);
        row("in front", "über", Case::Any, "die ÜBERWEISUNG", 4, 5);
        row("behind", "CAFÉ", Case::Any, "a café", 2, 5);
        row("beyond ASCII, exact", "É", Case::Exact, "éÉ", 2, 2);
        row("beyond ASCII, smart", "É", Case::Smart, "é", -1, 0);
        row("the sign of Kelvin is no k", "k", Case::Any, "\u212A", -1, 0);
        row("broken UTF-8 around", "né", Case::Any, "\xff\xc3n\xc3\x89\xff", 2, 3);
        row("bytes of zero", std::string_view("\0a", 2), Case::Exact, std::string_view("b\0a", 3), 1, 2);
    }

    void findsWhatIsThere()
    {
        QFETCH(QByteArray, needle);
        QFETCH(int, letters);
        QFETCH(QByteArray, text);
        QFETCH(int, at);
        QFETCH(int, size);
        const TextSearcher searcher({needle.data(), std::size_t(needle.size())}, Case(letters));
        const auto found = searcher.find({text.data(), std::size_t(text.size())});
        QCOMPARE(found.has_value(), at >= 0);
        if (found)
            QCOMPARE(*found, (TextRange{std::size_t(at), std::size_t(size)}));
    }

    void goesOnBehindAPlace()
    {
        const TextSearcher searcher("ab", Case::Any);
        const std::string_view text = "ab AB xab";
        QCOMPARE(searcher.find(text, 1)->at, 3u);
        QCOMPARE(searcher.find(text, 4)->at, 7u);
        QVERIFY(!searcher.find(text, 8));
        QVERIFY(!searcher.find(text, 100));
        // Nothing in front of the place counts.
        QVERIFY(!TextSearcher("éa", Case::Any).find("éa", 1));
    }

    void tellsBeginningsAndEnds()
    {
        QVERIFY(TextSearcher("get", Case::Any).isPrefixOf("GET /"));
        QVERIFY(!TextSearcher("get", Case::Any).isPrefixOf("a GET"));
        QVERIFY(TextSearcher("500", Case::Any).isSuffixOf("GET / 500"));
        QVERIFY(!TextSearcher("500", Case::Any).isSuffixOf("500 "));
        QVERIFY(TextSearcher("ÉTÉ", Case::Any).isSuffixOf("un été"));
        QVERIFY(TextSearcher("ÉTÉ", Case::Any).isPrefixOf("été 1"));
        QVERIFY(!TextSearcher("long text", Case::Any).isSuffixOf("text"));
        QVERIFY(TextSearcher("", Case::Any).isSuffixOf("x"));
    }

    void agreesWithThePlainestSearch()
    {
        std::mt19937 random(4711);
        const auto pick = [&](std::size_t below) { return std::size_t(random() % below); };
        for (int round = 0; round < 20'000; ++round) {
            const std::string_view alphabet = round % 2 ? "ab" : "abABcC@`[{ e";
            std::string text(pick(round % 10 ? 100 : 1000), ' ');
            for (char &c : text)
                c = alphabet[pick(alphabet.size())];
            std::string needle(1 + pick(round % 3 ? 4 : 40), ' ');
            for (char &c : needle)
                c = alphabet[pick(alphabet.size())];
            if (round % 5 == 0 && text.size() > needle.size())
                needle = text.substr(pick(text.size() - needle.size()), needle.size());
            const bool exact = round % 4 < 2;
            const std::size_t from = pick(text.size() + 1);
            const TextSearcher searcher(needle, exact ? Case::Exact : Case::Any);
            // From memory of exactly its size, so that the sanitizer sees what is read behind it.
            const std::vector<char> exactSize(text.begin(), text.end());
            const auto found = searcher.find({exactSize.data(), exactSize.size()}, from);
            const std::size_t expected = slowFind(text, needle, from, exact);
            if ((found ? found->at : text.npos) != expected)
                QFAIL(qPrintable(QStringLiteral("%1 in %2").arg(QString::fromStdString(needle), QString::fromStdString(text))));
        }
    }

    void textMadeToBeSlowIsNot()
    {
        // The pair stands everywhere; a search that begins anew at each place would take 10^12 steps.
        std::string text(8 << 20, 'a');
        const std::string needle = std::string(60'000, 'a') + "b" + std::string(60'000, 'a');
        QVERIFY(!TextSearcher(needle, Case::Any).isIn(text));
        QVERIFY(!TextSearcher(needle, Case::Exact).isIn(text));
        text.replace(text.size() - needle.size(), needle.size(), needle);
        QCOMPARE(TextSearcher(needle, Case::Any).find(text)->at, text.size() - needle.size());
    }
};

QTEST_GUILESS_MAIN(TextSearcherTest)
#include "TextSearcherTest.moc"
