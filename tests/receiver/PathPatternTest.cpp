#include "ShowStrings.h"
#include "support/Patience.h"
#include "support/SystemWords.h"

#include "receiver/PathPattern.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace sluice;

class PathPatternTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    std::string native(const char *name) const
    {
        return QDir::toNativeSeparators(m_folder.filePath(QString::fromUtf8(name))).toStdString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("x/logs")));
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("y")));
        for (const char *name : {"x/logs/a.log", "x/logs/b.log", "x/logs/c.txt", "y/d.log"}) {
            QFile file(QString::fromStdString(path(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
    }

    void expandsNamesAndDirectories()
    {
        QCOMPARE(PathPattern(path("*/logs/[ab]*.log")).expand(10),
                 (std::vector<std::string>{path("x/logs/a.log"), path("x/logs/b.log")}));
        QCOMPARE(PathPattern(path("?/*.log")).expand(10), std::vector<std::string>{path("y/d.log")});
        QCOMPARE(PathPattern(path("x/logs/*")).expand(2).size(), 2u);
    }

    void takesPathsAsTheSystemWritesThem()
    {
        QCOMPARE(PathPattern(native("*/logs/*.log")).expand(10),
                 (std::vector<std::string>{native("x/logs/a.log"), native("x/logs/b.log")}));
        QCOMPARE(PathPattern(native("*/logs/*.log")).directories(10).size(), 4u); // the folder, x, y, and x's logs
    }

    void leavesAPathWithoutWildcardsAsItIs()
    {
        const PathPattern pattern(path("gone.log"));
        QVERIFY(!pattern.hasWildcards());
        QCOMPARE(pattern.expand(10), std::vector<std::string>{path("gone.log")});
        QCOMPARE(pattern.directories(10), std::vector<std::string>{m_folder.path().toStdString()});
    }

    void matchesAsShellsDo_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isMeant");
        const auto row = [](const char *pattern, const char *name, bool isMeant) {
            QTest::addRow("%s %s", pattern, name) << QByteArray(pattern) << QByteArray(name) << isMeant;
        };
        row("*.log", "a.log", true);
        row("*.log", "a.log.1", false);
        row("*", ".hidden", false);
        row("a?c", "abc", true);
        row("[a-c]x", "bx", true);
        row("[!a-c]x", "bx", false);
        row("[]]", "]", true);
        row("[", "[", true);
        row("*a*b", "xaybzb", true);
        row("*.LOG", "a.log", isWindows);
        row("[A-C]X", "bx", isWindows);
    }

    void matchesAsShellsDo()
    {
        QFETCH(QByteArray, pattern);
        QFETCH(QByteArray, name);
        QTEST(PathPattern::matches(pattern.toStdString(), name.toStdString()), "isMeant");
    }

    void escapedMeansThePathAlone()
    {
        QFile file(QString::fromStdString(path("y/[1].log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(PathPattern(PathPattern::escaped(path("y/[1].log"))).expand(10), std::vector<std::string>{path("y/[1].log")});
    }
};

QTEST_GUILESS_MAIN(PathPatternTest)
#include "PathPatternTest.moc"
