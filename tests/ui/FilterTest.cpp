#include "capture/SampleRecords.h"
#include "console/CellFilters.h"
#include "console/FilterCandidates.h"
#include "console/FilterChips.h"
#include "console/FilterField.h"
#include "console/FilterHistory.h"
#include "console/FilterJson.h"
#include "console/FilterParts.h"
#include "console/FilterPopup.h"
#include "console/LevelToggles.h"
#include "shell/FilterMemory.h"
#include "ui/ViewFixture.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QMenu>

using namespace sluice;
using namespace sluice::test;

namespace {

/// With just that text, or else with more.
QAction *actionWith(const QMenu &menu, const QString &text)
{
    for (QAction *action : menu.actions()) {
        if (action->text() == text)
            return action;
    }
    for (QAction *action : menu.actions()) {
        if (action->text().contains(text))
            return action;
        if (action->menu()) {
            if (QAction *found = actionWith(*action->menu(), text))
                return found;
        }
    }
    return nullptr;
}

} // namespace

/// The filter of a view: typed, completed, kept as chips, made from cells, saved.
class FilterTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() { return *m_fixture; }
    FilterField *field() { return f().window->filterField(); }
    FilterPopup *popup() { return field()->popup(); }
    FilterChips *chips() { return f().view()->chips(); }
    FilterChip *chip(std::size_t i) { return chips()->chips().at(i); }
    const CaptureFilter &filter() { return f().view()->filter(); }

    void type(const QString &text)
    {
        field()->setFocus();
        QTest::keyClicks(field(), text);
    }

    void enter(const QString &text)
    {
        type(text);
        QTest::keyClick(field(), Qt::Key_Return);
    }

    /// A record with `extra={"user": …, "status": …}`.
    void appendExtra(std::string_view user, const Value &status)
    {
        LogRecordBatch batch;
        LogRecord &record = addRecord(batch, "app.web", level::Info, "served");
        const std::vector<Field> extra{{Value::text("user"), Value::text(user)}, {Value::text("status"), status}};
        record.extra = Value::dict(extra).copyTo(batch.arena()).entries();
        f().session->capture()->append(pointers(batch));
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
        f().append(4, "app.db", level::Info, "alpha");
        f().append(3, "app.db.pool", level::Error, "beta");
        f().append(2, "app.web", level::Debug, "gamma");
        QTRY_COMPARE(f().shown(), 9);
        f().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f().window.get(), test::patience));
    }

    void cleanup() { m_fixture.reset(); }

    void expressionsFilterAsTyped()
    {
        type(QStringLiteral("level >= ERROR"));
        QTRY_COMPARE(f().shown(), 3);
        QVERIFY(field()->isValid());
        QTest::keyClick(field(), Qt::Key_Escape); // the list, if it is open
        QTest::keyClick(field(), Qt::Key_Escape);
        QTRY_COMPARE(f().shown(), 9);
        type(QStringLiteral("gamma"));
        QTRY_COMPARE(f().shown(), 2);
    }

    void whatIsNoExpressionYetSaysWhyAndLeavesTheRows()
    {
        type(QStringLiteral("level >= ERROR"));
        QTRY_COMPARE(f().shown(), 3);
        field()->setText(QStringLiteral("level >= ERROR and (")); // pasted; on the way to it there are expressions
        QVERIFY(!field()->isValid());
        QVERIFY(popup()->isVisible());
        QVERIFY(!popup()->problem().isEmpty());
        QVERIFY(field()->property("problem").toBool());
        QVERIFY(popup()->mapToGlobal(QPoint()).y() >= field()->mapToGlobal(QPoint(0, field()->height())).y());
        QTest::qWait(60);
        QCOMPARE(f().shown(), 3);
        QTest::keyClick(field(), Qt::Key_Return);
        QVERIFY(chips()->chips().empty());
        QCOMPARE(field()->text(), QStringLiteral("level >= ERROR and ("));
        QTest::keyClicks(field(), QStringLiteral("alpha)"));
        QVERIFY(field()->isValid());
        QVERIFY(popup()->problem().isEmpty());
        QTRY_COMPARE(f().shown(), 0);
    }

    void shiftEnterLooksForTheTextAsItStands()
    {
        f().append(1, "app", level::Info, "half (open");
        type(QStringLiteral("half (open"));
        QVERIFY(!field()->isValid());
        QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(chips()->chips().size(), std::size_t(1));
        QTRY_COMPARE(f().shown(), 1);
    }

    void completesFieldsOperatorsAndValuesSeenByKeys()
    {
        type(QStringLiteral("logg"));
        QTRY_VERIFY(popup()->isListOpen());
        QCOMPARE(popup()->currentRow(), -1);
        QTest::keyClick(field(), Qt::Key_Tab);
        QCOMPARE(field()->text(), QStringLiteral("logger "));
        QVERIFY(field()->hasFocus());
        QVERIFY(popup()->isListOpen()); // its operators
        QTest::keyClicks(field(), QStringLiteral("== app.d"));
        QTRY_COMPARE(popup()->candidates()->rowCount(), 2); // as soon as they are collected
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Down);
        QCOMPARE(popup()->currentRow(), 1);
        QTest::keyClick(field(), Qt::Key_Up);
        QCOMPARE(popup()->candidates()->candidate(0).text, std::string("app.db"));
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(field()->text().trimmed(), QStringLiteral("logger == app.db"));
        QTRY_COMPARE(f().shown(), 4);
    }

    void completesExtraFieldsAndTheirValuesByMouse()
    {
        appendExtra("ann", Value::integer(500));
        appendExtra("ann", Value::integer(404));
        field()->setFocus();
        QTest::keyClicks(field(), QStringLiteral("stat"));
        QTRY_VERIFY(popup()->isListOpen() && popup()->candidates()->rowCount() == 1);
        QListView *list = popup()->list();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(popup()->candidates()->index(0, 0)).center());
        QCOMPARE(field()->text(), QStringLiteral("status "));
        QTest::keyClicks(field(), QStringLiteral("== "));
        QTRY_COMPARE(popup()->candidates()->rowCount(), 2);
        QTest::keyClick(field(), Qt::Key_Escape);
        QVERIFY(!popup()->isListOpen());
        QVERIFY(!field()->text().isEmpty());
    }

    void candidatesAreAnOrderlyModel()
    {
        FilterCandidates model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.set({{ExpressionCompletion::Kind::Field, "level ", "the level"}});
        model.set({});
        model.set({{ExpressionCompletion::Kind::Value, "a", ""}, {ExpressionCompletion::Kind::Value, "b", ""}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, 0).data(FilterCandidates::HelpRole).toString(), QString());
    }

    void enterKeepsChipsThatStackAndTurnOffByClick()
    {
        enter(QStringLiteral("logger in app.db"));
        QVERIFY(field()->text().isEmpty());
        QVERIFY(chips()->isVisible());
        QTRY_COMPARE(f().shown(), 7);
        enter(QStringLiteral("level >= ERROR"));
        QCOMPARE(chips()->chips().size(), std::size_t(2));
        QTRY_COMPARE(f().shown(), 3);
        QTest::mouseClick(chip(0), Qt::LeftButton, {}, QPoint(12, 12));
        QVERIFY(!chip(0)->isOn());
        QVERIFY(chip(0)->accessibleName().contains(QStringLiteral("off")));
        QTest::mouseClick(chip(1), Qt::LeftButton, {}, QPoint(12, 12));
        QTRY_COMPARE(f().shown(), 9);
        QTest::mouseClick(chip(1), Qt::LeftButton, {}, QPoint(12, 12));
        QTRY_COMPARE(f().shown(), 3);
        QTest::mouseClick(chip(1), Qt::LeftButton, {}, chip(1)->crossRect().center());
        QCOMPARE(chips()->chips().size(), std::size_t(1));
        QTRY_COMPARE(f().shown(), 9);
        chip(0)->setFocus();
        QTest::keyClick(chip(0), Qt::Key_Delete);
        QVERIFY(chips()->chips().empty());
        QVERIFY(!chips()->isVisible());
    }

    void doubleClickEditsAndEscBringsItBack()
    {
        enter(QStringLiteral("alpha"));
        enter(QStringLiteral("level == INFO"));
        QTRY_COMPARE(f().shown(), 4);
        QTest::mouseDClick(chip(0), Qt::LeftButton, {}, QPoint(12, 12));
        QCOMPARE(field()->text(), QStringLiteral("alpha"));
        QVERIFY(field()->hasFocus());
        QCOMPARE(filter().expressions.size(), std::size_t(1));
        QTest::keyClick(field(), Qt::Key_Escape);
        QVERIFY(field()->text().isEmpty());
        QCOMPARE(filter().expressions.size(), std::size_t(2));
        QCOMPARE(filter().expressions[0].text, std::string("alpha"));
        chip(0)->setFocus();
        QTest::keyClick(chip(0), Qt::Key_F2);
        QTest::keyClicks(field(), QStringLiteral("gamma")); // in place of what is selected
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(filter().expressions[0].text, std::string("gamma"));
        QCOMPARE(filter().expressions.size(), std::size_t(2));
    }

    void chipsMoveByKeysAndByDragging()
    {
        for (const char *text : {"one", "two", "three"})
            enter(QString::fromLatin1(text));
        chip(0)->setFocus();
        QTest::keyClick(chip(0), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(filter().expressions[1].text, std::string("one"));
        QVERIFY(chip(1)->hasFocus());
        FilterChip *dragged = chip(2);
        const QPoint goal = dragged->mapFromGlobal(chip(0)->mapToGlobal(QPoint(4, 10)));
        QTest::mousePress(dragged, Qt::LeftButton, {}, QPoint(10, 10));
        QTest::mouseMove(dragged, QPoint(-4, 10));
        QTest::mouseMove(dragged, goal);
        QTest::mouseRelease(dragged, Qt::LeftButton);
        QTRY_COMPARE(filter().expressions[0].text, std::string("three"));
        QVERIFY(filter().expressions[0].on);
    }

    void menuOfAChipNegatesAndAlwaysShows()
    {
        enter(QStringLiteral("logger in app.db"));
        QMenu menu;
        chips()->fillMenu(menu, 0);
        actionWith(menu, QStringLiteral("Negate"))->trigger();
        QTRY_COMPARE(f().shown(), 2);
        actionWith(menu, QStringLiteral("Negate"))->trigger();
        QTRY_COMPARE(f().shown(), 7);
        enter(QStringLiteral("gamma"));
        QTRY_COMPARE(f().shown(), 0);
        QMenu second;
        chips()->fillMenu(second, 1);
        actionWith(second, QStringLiteral("Always"))->trigger();
        QCOMPARE(chip(1)->kind(), FilterChip::Kind::Always);
        QTRY_COMPARE(f().shown(), 9);
    }

    void whateverHidesRowsHasAChip()
    {
        QTest::mouseClick(f().window->levelToggles()->button(Severity::Debug), Qt::LeftButton);
        CaptureFilter wanted = filter();
        wanted.loggers = {"app.db"};
        wanted.mutedSources = {77};
        wanted.until = 2'000'000'000 * nanosecondsPerSecond;
        f().view()->setFilter(wanted);
        using Kind = FilterChip::Kind;
        std::vector<Kind> kinds;
        for (const FilterChip *shown : chips()->chips())
            kinds.push_back(shown->kind());
        QCOMPARE(kinds, (std::vector{Kind::Levels, Kind::Loggers, Kind::MutedSources, Kind::Time}));
        while (!chips()->chips().empty())
            QTest::mouseClick(chip(0), Qt::LeftButton, {}, chip(0)->crossRect().center());
        QCOMPARE(filter(), CaptureFilter());
        QTRY_COMPARE(f().shown(), 9);
        QVERIFY(f().window->levelToggles()->levels().isAll());
    }

    void eachViewHasItsOwn()
    {
        enter(QStringLiteral("alpha"));
        f().window->views()->add({});
        QVERIFY(chips()->chips().empty());
        type(QStringLiteral("level >= ")); // half typed, here
        f().window->views()->tabs()->setCurrent(f().window->views()->tabs()->view(0));
        QVERIFY(field()->text().isEmpty());
        QCOMPARE(chips()->chips().size(), std::size_t(1));
    }

    void upAndDownGoThroughThoseOfBefore()
    {
        enter(QStringLiteral("alpha"));
        enter(QStringLiteral("beta"));
        type(QStringLiteral("gam"));
        QTest::keyClick(field(), Qt::Key_Escape);
        field()->clear();
        QTest::keyClicks(field(), QStringLiteral("x1"));
        QTest::keyClick(field(), Qt::Key_Up);
        QCOMPARE(field()->text(), QStringLiteral("beta"));
        QTest::keyClick(field(), Qt::Key_Up);
        QTest::keyClick(field(), Qt::Key_Up);
        QCOMPARE(field()->text(), QStringLiteral("alpha"));
        QTest::keyClick(field(), Qt::Key_Down);
        QTest::keyClick(field(), Qt::Key_Down);
        QCOMPARE(field()->text(), QStringLiteral("x1"));
        QCOMPARE(f().settings->value(setting::filterHistory).toStringList(),
                 (QStringList{QStringLiteral("beta"), QStringLiteral("alpha")}));
        QVERIFY(f().open()); // the program again
        field()->setFocus();
        QTest::keyClick(field(), Qt::Key_Up);
        QCOMPARE(field()->text(), QStringLiteral("beta"));
    }

    void savedFiltersComeBackByName()
    {
        enter(QStringLiteral("logger in app.db"));
        QMenu *menu = field()->savedMenu();
        QMetaObject::invokeMethod(menu, "aboutToShow");
        auto *name = menu->findChild<QLineEdit *>(QStringLiteral("saveFilterAs"));
        QVERIFY(name);
        QTest::keyClicks(name, QStringLiteral("Database"));
        QTest::keyClick(name, Qt::Key_Return);
        f().view()->setFilter({});
        QTRY_COMPARE(f().shown(), 9);
        QVERIFY(f().open()); // the program again
        menu = field()->savedMenu();
        QMetaObject::invokeMethod(menu, "aboutToShow");
        QAction *saved = actionWith(*menu, QStringLiteral("Database"));
        QVERIFY(saved);
        saved->trigger();
        QTRY_COMPARE(f().shown(), 7);
        QVERIFY(field()->text().isEmpty());
        QMetaObject::invokeMethod(menu, "aboutToShow");
        for (QAction *action : menu->actions()) {
            if (action->menu())
                action->menu()->actions().front()->trigger();
        }
        QVERIFY(f().window->views()->filterMemory()->saved().empty());
    }

    void cellsFilterForAndAgainstTheirValues_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("action");
        QTest::addColumn<int>("shown");
        QTest::newRow("logger") << 0 << 2 << "Only rows with logger “app.db”" << 4;
        QTest::newRow("children") << 0 << 2 << "logger “app.db” and its children" << 7;
        QTest::newRow("hide") << 0 << 2 << "Hide logger “app.db”" << 5;
        QTest::newRow("hide all") << 0 << 2 << "Hide logger “app.db” and" << 2;
        QTest::newRow("level") << 4 << 1 << "Only ERROR and above" << 3;
        QTest::newRow("one level") << 0 << 1 << "Only INFO" << 4;
        QTest::newRow("hide level") << 0 << 1 << "Hide INFO" << 5;
        QTest::newRow("message") << 0 << 3 << "Only rows with message “alpha”" << 4;
        QTest::newRow("not message") << 0 << 3 << "Hide rows with message “alpha”" << 5;
        QTest::newRow("process") << 0 << 3 << "Hide rows with process “48211”" << 0;
        QTest::newRow("thread") << 0 << 3 << "Only rows with thread “ThreadPoolExecutor-0_3”" << 9;
        QTest::newRow("from") << 2 << 0 << "From this record" << 3; // seconds 2 and 3 of the first, 2 of the second
        QTest::newRow("until") << 0 << 0 << "Until this record" << 3;
    }

    void cellsFilterForAndAgainstTheirValues()
    {
        QFETCH(int, row);
        QFETCH(int, column);
        QFETCH(QString, action);
        QFETCH(int, shown);
        f().view()->setFollowing(false);
        const QRect cell = f().table()->visualRect(f().view()->model()->index(row, column));
        QMenu menu;
        cellfilters::fillMenu(menu, *f().view(), f().table()->viewport()->mapToGlobal(cell.center()));
        QAction *wanted = actionWith(menu, action);
        QVERIFY(wanted);
        wanted->trigger();
        QTRY_COMPARE(f().shown(), shown);
        QCOMPARE(chips()->chips().size(), std::size_t(1));
    }

    void rightClickOnACellOffersThem()
    {
        QTest::qWait(20);
        const QPoint place = f().centre(0, 2);
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, f().table()->viewport()->mapToGlobal(place));
        QApplication::sendEvent(f().table()->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QVERIFY(actionWith(*menu, QStringLiteral("Only rows with logger")));
        menu->close();
    }

    void valuesOfEveryKindFindTheirRecords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("real");
        QTest::addColumn<int>("kind");
        QTest::newRow("int") << QString() << 42.0 << 0;
        QTest::newRow("negative") << QString() << -5.0 << 0;
        QTest::newRow("float") << QString() << 3.5 << 1;
        QTest::newRow("large float") << QString() << 1e300 << 1;
        QTest::newRow("bool") << QString() << 1.0 << 2;
        QTest::newRow("text") << QStringLiteral("x \"y\" \\ z") << 0.0 << 3;
        QTest::newRow("digits") << QStringLiteral("007") << 0.0 << 3;
        QTest::newRow("word") << QStringLiteral("and") << 0.0 << 3;
    }

    void valuesOfEveryKindFindTheirRecords()
    {
        QFETCH(QString, text);
        QFETCH(double, real);
        QFETCH(int, kind);
        const std::string utf8 = text.toStdString();
        appendExtra("ann", kind == 0   ? Value::integer(static_cast<std::int64_t>(real))
                           : kind == 1 ? Value::real(real)
                           : kind == 2 ? Value::boolean(real != 0)
                                       : Value::text(utf8));
        QTRY_COMPARE(f().shown(), 10);
        QMenu menu;
        cellfilters::fillMenu(menu, *f().view(), f().table()->viewport()->mapToGlobal(f().centre(9, 3)));
        QAction *only = actionWith(menu, QStringLiteral("Only rows with status"));
        QVERIFY(only);
        only->trigger();
        QTRY_COMPARE(f().shown(), 1);
        chip(0)->setFocus();
        f().view()->setFilter({});
        QTRY_COMPARE(f().shown(), 10);
        actionWith(menu, QStringLiteral("Hide rows with status"))->trigger();
        QTRY_COMPARE(f().shown(), 9);
    }

    void everythingOfAFilterIsKept()
    {
        CaptureFilter kept;
        kept.text = "typed";
        kept.levels.set(Severity::Info, false);
        kept.expressions = {{"level >= ERROR", true, false}, {"北京 \"x\"", false, true}};
        kept.from = 1'700'000'000'123'456'789;
        kept.until = 1'700'000'001'000'000'001;
        QCOMPARE(filterjson::fromJson(filterjson::toJson(kept)), kept);
    }

    void negatingTwiceIsNothing()
    {
        for (const char *text : {"alpha", "level >= ERROR", "a or b", "not c", "half (open", "x > 3 and -y"}) {
            const Expression once = expressionFrom(filterparts::negated(text));
            QVERIFY(!(once == expressionFrom(text)));
            QCOMPARE(expressionFrom(filterparts::negated(once.print())), expressionFrom(text));
        }
    }

    void aStackIsBounded()
    {
        for (std::size_t i = 0; i < filterparts::maxParts + 3; ++i)
            cellfilters::add(*f().view(), "word" + std::to_string(i));
        QCOMPARE(filter().expressions.size(), filterparts::maxParts);
        FilterHistory history;
        for (int i = 0; i < 1000; ++i)
            history.add(QString::number(i));
        QCOMPARE(history.entries().size(), FilterHistory::maxEntries);
        QCOMPARE(history.entries().front(), QStringLiteral("999"));
    }
};

QTEST_MAIN(FilterTest)
#include "FilterTest.moc"
