#include "capture/Capture.h"
#include "capture/SampleRecords.h"
#include "console/FieldModel.h"
#include "console/LoggerTreeModel.h"
#include "support/Patience.h"

#include <QAbstractItemModelTester>

#include <array>

using namespace sluice;
using namespace sluice::test;

namespace {

void append(Capture &capture, std::initializer_list<std::string_view> loggers)
{
    LogRecordBatch batch;
    for (const std::string_view logger : loggers)
        addRecord(batch, logger, level::Info, "x");
    capture.append(pointers(batch));
}

qlonglong rows(const LoggerTreeModel &model, const QString &name)
{
    return model.find(name).data(LoggerTreeModel::RowsRole).toLongLong();
}

QModelIndex childNamed(const QAbstractItemModel &model, const QString &name, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        if (model.index(row, 0, parent).data().toString() == name)
            return model.index(row, 0, parent);
    }
    return {};
}

QString value(const FieldModel &model, const QString &name, const QModelIndex &parent = {})
{
    return childNamed(model, name, parent).siblingAtColumn(FieldModel::ValueColumn).data().toString();
}

} // namespace

class TreeModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loggersStandInTheirHierarchyWithCountsOfChildren()
    {
        auto capture = std::make_shared<Capture>();
        LoggerTreeModel model(capture);
        QAbstractItemModelTester tester(&model);
        append(*capture, {"b", "a.c", "a.b.d", "a.b.d", "a"});
        model.refresh();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("a"));
        QCOMPARE(rows(model, QStringLiteral("a")), 4);
        QCOMPARE(rows(model, QStringLiteral("a.b")), 2);
        QCOMPARE(rows(model, QStringLiteral("a.b.d")), 2);
        QCOMPARE(rows(model, QStringLiteral("b")), 1);
        QCOMPARE(model.index(0, 0).data(LoggerTreeModel::RowsRole).toLongLong(), 5);
        append(*capture, {"a.a", "c"});
        model.refresh();
        QCOMPARE(rows(model, QStringLiteral("a")), 5);
        QCOMPARE(model.index(0, 0, model.find(QStringLiteral("a"))).data().toString(), QStringLiteral("a"));
        capture->clear();
        model.refresh();
        QCOMPARE(rows(model, QStringLiteral("a")), 0);
    }

    void oddLoggerNamesAreShown()
    {
        auto capture = std::make_shared<Capture>();
        LoggerTreeModel model(capture);
        QAbstractItemModelTester tester(&model);
        append(*capture, {"", ".", "..x", "a..b", std::string(400, '.')});
        model.refresh();
        QCOMPARE(model.index(0, 0).data(LoggerTreeModel::RowsRole).toLongLong(), 5);
    }

    void fieldsShowEveryAttributeAndNestedExtras()
    {
        const std::array<Value, 2> items{Value::text("x"), Value::none()};
        const std::array<Field, 2> nested{
            Field{Value::text("list"), Value::sequence(Value::Kind::List, items)},
            Field{Value::integer(7), Value::real(2)}};
        const std::array<Field, 2> extra{Field{Value::text("user"), Value::dict(nested)},
                                         Field{Value::text("raw"), Value::bytes("a\n")}};
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "app", level::Info, "two\nlines");
        record.extra = extra;
        FieldModel attributes;
        QAbstractItemModelTester attributesTester(&attributes);
        attributes.showAttributes(record);
        QCOMPARE(attributes.rowCount(), int(attributeCount));
        QCOMPARE(value(attributes, QStringLiteral("lineno")), QStringLiteral("217"));
        QCOMPARE(value(attributes, QStringLiteral("args")), QStringLiteral("None"));
        QCOMPARE(value(attributes, QStringLiteral("msg")), QStringLiteral("two …"));
        QCOMPARE(childNamed(attributes, QStringLiteral("msg"))
                     .siblingAtColumn(1)
                     .data(FieldModel::FullTextRole)
                     .toString(),
                 QStringLiteral("two\nlines"));

        FieldModel model;
        QAbstractItemModelTester tester(&model);
        model.showExtra(record);
        const QModelIndex user = childNamed(model, QStringLiteral("user"));
        QCOMPARE(value(model, QStringLiteral("user")), QStringLiteral("dict, 2 entries"));
        QCOMPARE(value(model, QStringLiteral("7"), user), QStringLiteral("2.0"));
        QCOMPARE(value(model, QStringLiteral("1"), childNamed(model, QStringLiteral("list"), user)),
                 QStringLiteral("None"));
        QCOMPARE(value(model, QStringLiteral("raw")), QStringLiteral("b'a\\x0a'"));
        QVERIFY(model.text().contains(QStringLiteral("    list: list, 2 items\n        0: x\n")));
    }

    void fieldsOfAHostileRecordAreBounded()
    {
        const std::vector<Value> many(200'000, Value::integer(1));
        const std::array<Field, 1> extra{
            Field{Value::text("many"), Value::sequence(Value::Kind::List, many)}};
        LogRecordBatch batch;
        LogRecord &record = batch.add();
        record.extra = extra;
        FieldModel model;
        model.showExtra(record);
        const QModelIndex list = model.index(0, 0);
        QVERIFY(model.rowCount(list) < 10'000);
        QVERIFY(model.index(model.rowCount(list) - 1, 1, list)
                    .data()
                    .toString()
                    .endsWith(QStringLiteral("more")));
    }
};

QTEST_MAIN(TreeModelTest)
#include "TreeModelTest.moc"
