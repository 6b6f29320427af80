#include "filter/RegexSearcher.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

std::shared_ptr<const RegexSearcher> made(const std::string &pattern, bool anyCase = false)
{
    const auto regex = RegexSearcher::create(pattern, anyCase);
    return regex ? *regex : nullptr;
}

QString joined(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list << QString::fromStdString(text);
    return list.join(u'|');
}

} // namespace

class RegexSearcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsAndSaysWhere()
    {
        const auto regex = made("t[io]+m");
        QCOMPARE(*regex->find("a timeout"), (TextRange{2, 3}));
        QVERIFY(!regex->find("a timeout", 3));
        QVERIFY(!regex->isIn("A TIMEOUT"));
        QVERIFY(made("t[io]+m", true)->isIn("A TIMEOUT"));
        QVERIFY(made("^b$")->isIn("a\nb\nc"));
        QVERIFY(made("straße", true)->isIn("STRAßE"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("empty") << QString() << "The regular expression is empty.";
        QTest::newRow("open") << "a(b" << "This is no regular expression: missing ): a(b.";
        QTest::newRow("nothing to repeat") << "*a" << "This is no regular expression: no argument for repetition operator: *.";
        QTest::newRow("long") << QString(5000, u'a') << "The regular expression is longer than 4096 bytes.";
    }

    void saysWhatIsWrong()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, sentence);
        const auto regex = RegexSearcher::create(pattern.toStdString(), false);
        QVERIFY(!regex);
        QCOMPARE(QString::fromStdString(regex.error().text), sentence);
    }

    void patternThatWouldTakeForEverDoesNot()
    {
        QVERIFY(!made("(a*)*b")->isIn(std::string(100'000, 'a')));
        QVERIFY(!made("(x+x+)+y")->isIn(std::string(100'000, 'x')));
    }

    void knowsWhatMustBeThere_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("anyCase");
        QTest::addColumn<QString>("literals");
        QTest::newRow("a word") << "timeout" << false << "timeout";
        QTest::newRow("the longest") << "user=[0-9]+ failed" << false << " failed";
        QTest::newRow("either") << "error|warning" << false << "error|warning";
        QTest::newRow("nothing") << "[0-9]+" << false << "";
        QTest::newRow("optional") << "(abc)?" << false << "";
        QTest::newRow("either or nothing") << "(error|[0-9])" << false << "";
        QTest::newRow("k and s match more than themselves") << "task" << true << "ta";
        QTest::newRow("only those") << "sks" << true << "";
        QTest::newRow("beyond ASCII") << "café noir" << false << " noir";
    }

    void knowsWhatMustBeThere()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, anyCase);
        QFETCH(QString, literals);
        QCOMPARE(joined(made(pattern.toStdString(), anyCase)->literals()), literals);
    }

    void knowsWhetherSurroundingsMatter()
    {
        QVERIFY(made("a.b[0-9]")->ignoresSurroundings());
        for (const char *pattern : {"^a", "a$", "\\ba", "a\\B", "\\Aa", "a\\z"})
            QVERIFY2(!made(pattern)->ignoresSurroundings(), pattern);
    }
};

QTEST_GUILESS_MAIN(RegexSearcherTest)
#include "RegexSearcherTest.moc"
