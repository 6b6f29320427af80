#include "chain/NodeRegistry.h"
#include "handler/RehearsedOutput.h"
#include "node/Node.h"
#include "support/Patience.h"

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
            checkHints(spec, where);
            checkHelp(spec.members, where);
        }
    }

    /// What is suggested is allowed, and a hint is one for the parameter's type.
    static void checkHints(const ParamSpec &spec, const std::string &where)
    {
        using Type = ParamSpec::Type;
        using Hint = ParamSpec::Hint;
        for (const ParamSpec::Suggestion &suggestion : spec.suggestions) {
            Problems problems;
            spec.check(QString::fromStdString(suggestion.value), "$", problems);
            QVERIFY2(problems.empty(), (where + ": " + suggestion.value).c_str());
        }
        const bool isPath = spec.hint == Hint::File || spec.hint == Hint::Folder || spec.hint == Hint::NewFile;
        QVERIFY2(!isPath || spec.type == Type::Path || (spec.type == Type::TextList && spec.hint == ParamSpec::Hint::File), where.c_str());
        QVERIFY2(spec.hint != Hint::Port || spec.type == Type::Integer, where.c_str());
        QVERIFY2(spec.hint == Hint::None || !nameOf(spec.hint).empty(), where.c_str());
        const bool isText = spec.hint == Hint::Code || spec.hint == Hint::Encoding || spec.hint == Hint::Escaped ||
                            spec.hint == Hint::Expression || spec.hint == Hint::TimeOfDay;
        QVERIFY2(!isText || spec.type == Type::Text, where.c_str());
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
            spec.check(QJsonArray{QJsonValue(QJsonArray())}, "$", problems);
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

        // What failures cost is said in words that follow the node's name, and what can be lost is said at all.
        const NodeGuarantee guarantee = type->guarantee({}, false);
        for (const NodeGuarantee::Cost &cost : {guarantee.crash, guarantee.fullDisk, guarantee.deadPeer, guarantee.heldUp}) {
            QVERIFY(cost.loss == NodeGuarantee::Loss::None || !cost.words.empty());
            QVERIFY2(cost.words.empty() || (std::islower(cost.words.front()) && cost.words.back() != '.'), cost.words.c_str());
            QVERIFY(cost.loss != NodeGuarantee::Loss::Bounded || cost.records > 0 || !cost.amount.empty());
        }
        if (type->waitsForOthers())
            QVERIFY(guarantee.deadPeer.loss >= NodeGuarantee::Loss::Unbounded);
        if (type->kind() == NodeKind::Receiver)
            QVERIFY(!guarantee.crash.words.empty() && !guarantee.heldUp.words.empty());
        if (type->kind() == NodeKind::Handler && type->param("filename"))
            QVERIFY(guarantee.fullDisk.loss == NodeGuarantee::Loss::Unbounded);

        // A rehearsal has something to put in its place, which does not touch the world.
        if (type->kind() != NodeKind::Receiver) {
            NodeContext context;
            context.baseDirectory = "/no such folder";
            context.recordClock = true;
            context.rehearsedOutput = [](const std::string &) { return std::make_shared<RehearsedOutput>(); };
            const auto rehearsed = type->createForRehearsal({}, context);
            QVERIFY2(rehearsed.ok(), rehearsed ? "" : rehearsed.error().text.c_str());
        } else {
            QVERIFY(!type->createForRehearsal({}, {}).ok());
        }

        // What waits for others can be tried before it is waited for.
        if (type->waitsForOthers())
            QVERIFY(!type->trialWords().empty() || type->takesTestRecords());

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
