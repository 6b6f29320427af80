#include "chain/NodeRegistry.h"
#include "node/Node.h"

#include <QTest>

#include <set>

using namespace sluice;

/// One suite over every node that is built in.
class NodeContractTest : public QObject
{
    Q_OBJECT

private:
    static void checkHelp(const std::vector<ParamSpec> &specs, const std::string &name)
    {
        std::set<std::string> keys;
        for (const ParamSpec &spec : specs) {
            const std::string where = name + "." + spec.key;
            QVERIFY2(keys.insert(spec.key).second, where.c_str());
            QVERIFY2(!spec.help.empty() && spec.help.find('\n') == std::string::npos, where.c_str());
            QVERIFY2(!spec.help.ends_with('.'), where.c_str());
            QVERIFY2(spec.type != ParamSpec::Type::Choice || !spec.choices.empty(), where.c_str());
            checkHelp(spec.members, where);
        }
    }

private Q_SLOTS:
    void everyNode_data()
    {
        QTest::addColumn<const NodeType *>("type");
        for (const NodeType *type : NodeRegistry::builtin().types())
            QTest::newRow(type->name().c_str()) << type;
    }

    void everyNode()
    {
        QFETCH(const NodeType *, type);
        QVERIFY(!type->summary().empty() && !type->summary().ends_with('.'));
        QVERIFY(!type->describe({}).empty());
        checkHelp(type->params(), type->name());

        // Each default is allowed; a value of a wrong type, and one out of range, are not.
        for (const ParamSpec &spec : type->params()) {
            Problems problems;
            if (!spec.required && spec.type != ParamSpec::Type::Group) {
                spec.check(spec.defaultValue, "$", problems);
                QVERIFY2(problems.empty(), spec.key.c_str());
            }
            spec.check(QJsonArray{QJsonArray{}}, "$", problems);
            QVERIFY2(problems.size() == 1, spec.key.c_str());
            problems.clear();
            if (spec.maximum) {
                spec.check(*spec.maximum + 1, "$", problems);
                QVERIFY2(problems.size() == 1, spec.key.c_str());
            }
            problems.clear();
            if (spec.minimum) {
                spec.check(*spec.minimum - 1, "$", problems);
                QVERIFY2(problems.size() == 1, spec.key.c_str());
            }
        }

        const Problems unknown = type->check({{QStringLiteral("no such key"), 1}}, "$");
        QVERIFY(!unknown.empty());
        QCOMPARE(unknown.front().place, std::string("$.no such key"));
    }

    void namesAreUnique()
    {
        NodeRegistry registry = NodeRegistry::builtin();
        for (const NodeType *type : NodeRegistry::builtin().types())
            QVERIFY(!registry.add(*type).ok());
    }
};

QTEST_GUILESS_MAIN(NodeContractTest)
#include "NodeContractTest.moc"
