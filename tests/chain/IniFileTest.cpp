#include "ShowStrings.h"
#include "chain/IniFile.h"
#include "support/Python.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace sluice;

class IniFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAreReadAsConfigParserReadsThem()
    {
        const PythonResult python = runPython("tests/chain/ini_cases.py", {QStringLiteral("1"), QStringLiteral("3000")});
        QVERIFY2(python.ok, python.errors.constData());
        int values = 0;
        int refused = 0;
        for (const QByteArray &line : python.output.split('\n')) {
            if (line.isEmpty())
                continue;
            const QByteArray text = QByteArray::fromHex(line.split('\t')[0]);
            const QByteArray expected = QByteArray::fromHex(line.split('\t')[1]);
            Problems problems;
            IniFile file = IniFile::parse(QString::fromUtf8(text), problems);
            QVERIFY2(problems.empty() == !expected.isEmpty(), text + (problems.empty() ? "" : problems[0].text.c_str()));
            refused += expected.isEmpty();
            if (!problems.empty())
                continue;
            file.setDefault(QStringLiteral("here"), QStringLiteral("/srv"));
            const QJsonObject sections = QJsonDocument::fromJson(expected).object();
            for (auto section = sections.begin(); section != sections.end(); ++section) {
                QVERIFY2(file.section(section.key()), text);
                const QJsonObject options = section.value().toObject();
                for (auto option = options.begin(); option != options.end(); ++option) {
                    const Result<std::optional<QString>> value = file.value(section.key(), option.key());
                    QVERIFY2(value.ok() == !option.value().isNull(), text + " at " + option.key().toUtf8());
                    if (value.ok())
                        QVERIFY2(*value == option.value().toString(), text + " at " + option.key().toUtf8());
                    ++values;
                }
            }
        }
        QVERIFY(values > 3000);
        QVERIFY(refused > 300);
    }

    void everyProblemIsSaidWithItsLine()
    {
        Problems problems;
        (void)IniFile::parse(u"early=1\n[a]\nx=1\nnonsense\nX: 2\n[a]\n", problems);
        std::string places;
        for (const Problem &problem : problems)
            places += problem.place + " ";
        QCOMPARE(places, std::string("line 1 line 4 line 5 line 6 "));
    }

    void valuesThatMultiplyAreBounded()
    {
        QString text = QStringLiteral("[s]\na0=0123456789\n");
        for (int i = 1; i < 10; ++i)
            text += QStringLiteral("a%1=").arg(i) + QStringLiteral("%(a%1)s").arg(i - 1).repeated(20) + u'\n';
        Problems problems;
        const IniFile file = IniFile::parse(text, problems);
        QVERIFY(problems.empty());
        QVERIFY(file.value(QStringLiteral("s"), QStringLiteral("a2")).ok());
        QVERIFY(!file.value(QStringLiteral("s"), QStringLiteral("a9")).ok());
    }
};

QTEST_GUILESS_MAIN(IniFileTest)
#include "IniFileTest.moc"
