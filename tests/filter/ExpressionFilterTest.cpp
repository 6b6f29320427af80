#include "capture/SampleRecords.h"
#include "chain/NodeRegistry.h"
#include "filter/Filter.h"
#include "node/NodeType.h"
#include "support/Patience.h"

using namespace sluice;
using namespace sluice::test;

class ExpressionFilterTest : public QObject
{
    Q_OBJECT

    const NodeType &m_type = *NodeRegistry::builtin().find("ExpressionFilter");

private Q_SLOTS:
    void passesWhatTheExpressionDescribes()
    {
        const QJsonObject params{{QStringLiteral("expression"), QStringLiteral("level >= ERROR or logger in app.db")}};
        QVERIFY(m_type.check(params, "$").empty());
        const auto made = m_type.create(params, {});
        QVERIFY(made.ok());
        const auto &filter = std::get<std::shared_ptr<Filter>>(*made);
        LogRecordBatch batch;
        addRecord(batch, "app.db.pool", level::Debug, "x");
        addRecord(batch, "app.http", level::Debug, "x");
        addRecord(batch, "app.http", level::Error, "x");
        QVERIFY(filter->filter(batch.records()[0]));
        QVERIFY(!filter->filter(batch.records()[1]));
        QVERIFY(filter->filter(batch.records()[2]));
    }

    void validationSaysWhereItIsWrong()
    {
        const QJsonObject params{{QStringLiteral("expression"), QStringLiteral("übel and level > WARNIG")}};
        const Problems problems = m_type.check(params, "$.nodes[2].params");
        QCOMPARE(problems.size(), 1u);
        QCOMPARE(problems[0].place, std::string("$.nodes[2].params.expression"));
        QCOMPARE(problems[0].text, std::string("`level` is compared with a level's name or a number; is WARNING meant? (at character 18)"));
    }

    void withoutAnExpressionAllPass()
    {
        const auto made = m_type.create({}, {});
        LogRecordBatch batch;
        addRecord(batch, "a", level::Debug, "x");
        QVERIFY(std::get<std::shared_ptr<Filter>>(*made)->filter(batch.records()[0]));
    }
};

QTEST_GUILESS_MAIN(ExpressionFilterTest)
#include "ExpressionFilterTest.moc"
