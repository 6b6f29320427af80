#include "handler/NTEventLogHandler.h"

#include "chain/Chain.h"
#include "chain/Configuration.h"
#include "chain/NodeRegistry.h"
#include "chain/Router.h"
#include "handler/HandlerFixtures.h"
#include "record/Level.h"
#include "support/Patience.h"

using namespace sluice;

namespace {

class Exposed : public NTEventLogHandler
{
public:
    Exposed() : NTEventLogHandler({"Sluice test", "", "Application"}) {}
    using NTEventLogHandler::fit;
    using NTEventLogHandler::getEventCategory;
    using NTEventLogHandler::getEventType;
    using NTEventLogHandler::getMessageID;
};

} // namespace

/// What is the same on every system.
class NTEventLogHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levelsHavePythonsTypesAndUnknownOnesAreErrors()
    {
        const Exposed handler;
        const std::vector<std::pair<int, int>> expected = {{10, 4}, {20, 4}, {30, 2}, {40, 1}, {50, 1}, {0, 1}, {25, 1}, {35, 1}};
        for (const auto &[level, type] : expected) {
            const test::Records records({"x"}, level);
            QCOMPARE(int(handler.getEventType(*records.all()[0])), type);
            QCOMPARE(handler.getMessageID(*records.all()[0]), 1u);
            QCOMPARE(int(handler.getEventCategory(*records.all()[0])), 0);
        }
    }

    void typemapCanBeChanged()
    {
        Exposed handler;
        handler.typemap[25] = EventLog::WarningEvent;
        QCOMPARE(int(handler.getEventType(*test::Records({"x"}, 25).all()[0])), 2);
    }

    void textIsCutToWhatAnEventHolds()
    {
        std::string fits(EventLog::longest, 'a');
        QVERIFY(!Exposed::fit(fits));
        QCOMPARE(fits.size(), EventLog::longest);

        std::string long1(EventLog::longest + 1, 'a');
        QVERIFY(Exposed::fit(long1));
        QCOMPARE(long1.size(), EventLog::longest);
        QVERIFY(long1.ends_with("a [cut off here]"));

        // Characters beyond U+FFFF take two of the places, and are not torn.
        std::string faces;
        for (std::size_t i = 0; i < EventLog::longest / 2 + 1; ++i)
            faces += "😀";
        QVERIFY(Exposed::fit(faces));
        const QString text = QString::fromStdString(faces);
        QVERIFY(text.size() <= qsizetype(EventLog::longest) && text.size() > qsizetype(EventLog::longest) - 3);
        QVERIFY(text.endsWith(QStringLiteral("😀 [cut off here]")));

        std::string umlauts;
        for (std::size_t i = 0; i < EventLog::longest; ++i)
            umlauts += "ü";
        QVERIFY(!Exposed::fit(umlauts));
    }

    void nullCharactersAreShown()
    {
        std::string text("a\0b\0", 4);
        QVERIFY(!Exposed::fit(text));
        QCOMPARE(text, std::string("a␀b␀"));
    }

    void nodeRefusesNamesThatAreNoKeys()
    {
        const NodeType *node = NodeRegistry::builtin().find("NTEventLogHandler");
        QVERIFY(node);
        const auto problems = [&](const char *app, const char *log) {
            return node->check({{QStringLiteral("appname"), QLatin1String(app)}, {QStringLiteral("logtype"), QLatin1String(log)}}, "$");
        };
        QVERIFY(problems("App", "System").empty());
        QCOMPARE(problems("", "System").at(0).place, std::string("$.appname"));
        QCOMPARE(problems("a\\b", "System").at(0).text, std::string("An event source has no backslash and no null character in its name."));
        QCOMPARE(problems("App", "a\\b").at(0).place, std::string("$.logtype"));
    }
};

QTEST_GUILESS_MAIN(NTEventLogHandlerTest)
#include "NTEventLogHandlerTest.moc"
