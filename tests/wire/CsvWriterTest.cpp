#include "support/Patience.h"
#include "wire/CsvWriter.h"

using namespace sluice;

class CsvWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotesWhatNeedsItAndDefusesFormulas_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("cell");
        const auto row = [](const char *text, const char *cell) { QTest::newRow(text) << QByteArray(text) << QByteArray(cell); };
        row("", "");
        row("plain words", "plain words");
        row("a,b", "\"a,b\"");
        row("say \"hi\"", "\"say \"\"hi\"\"\"");
        row("two\nlines", "\"two\nlines\"");
        row(" edge", "\" edge\"");
        row("=1+1", "\"'=1+1\"");
        row("+49", "\"'+49\"");
        row("-1", "\"'-1\"");
        row("@x", "\"'@x\"");
        row("\tx", "\"'\tx\"");
        row("\rx", "\"'\rx\"");
        row("1=1", "1=1");
    }

    void quotesWhatNeedsItAndDefusesFormulas()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, cell);
        std::string out;
        appendCsvCell({text.data(), static_cast<std::size_t>(text.size())}, out);
        QCOMPARE(QByteArray::fromStdString(out), cell);
    }
};

QTEST_MAIN(CsvWriterTest)
#include "CsvWriterTest.moc"
