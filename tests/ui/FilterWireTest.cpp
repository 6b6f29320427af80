#include "ShowStrings.h"
#include "canvas/CanvasActions.h"
#include "console/FilterChip.h"
#include "console/FilterChips.h"
#include "console/FilterDrag.h"
#include "console/FilterField.h"
#include "console/FilterParts.h"
#include "console/HighlightsPanel.h"
#include "shell/Actions.h"
#include "ui/ChainFixture.h"

#include <QAction>
#include <QDrag>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QToolButton>

using namespace sluice;

/// Filters that go from views to the chain, and back.
class FilterWireTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::ChainFixture> m_fixture;

    test::ChainFixture &desk() { return *m_fixture; }
    ChainEditor &editor() { return desk().page()->editor(); }
    QToolButton *tab() { return desk().window->views()->tabs()->pageButton(); }
    void showView() { desk().window->actions()->chain->setChecked(false); }

    const ChainNode *added()
    {
        for (const ChainNode &node : editor().chain().nodes()) {
            if (node.id != "errors" && node.type->name() == "ExpressionFilter")
                return &node;
        }
        return nullptr;
    }
    bool hasWire(const std::string &from, const std::string &to)
    {
        return std::ranges::any_of(editor().chain().wires(), [&](const Wire &wire) { return wire.from == from && wire.to == to; });
    }
    QString expression() { return added() ? added()->params.value(QStringLiteral("expression")).toString() : QString(); }

    /// A real screen would carry it itself, and wait for the real mouse to let go.
    static bool isCarriedByScreen() { return QGuiApplication::platformName() != QLatin1String("offscreen"); }

    /// Presses there and pulls to `out`; what is carried then is held over the tab of the chain until that opens, and dropped on
    /// the canvas. A screen that is none carries nothing itself, so the rest of the way is told to the widgets.
    void carry(QWidget *from, const QPoint &at, const QPoint &out, const QPointF &scene)
    {
        QTest::mousePress(from, Qt::LeftButton, {}, at);
        QTest::mouseMove(from, at + (out - at) / 2);
        QTest::mouseMove(from, out);
        const QDrag *drag = desk().window->findChild<QDrag *>();
        QVERIFY(drag);
        QVERIFY(!drag->pixmap().isNull());
        QMimeData data;
        for (const QString &format : drag->mimeData()->formats())
            data.setData(format, drag->mimeData()->data(format));
        QTest::mouseRelease(from, Qt::LeftButton, {}, out);
        QDragEnterEvent over(tab()->rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(tab(), &over);
        QVERIFY(over.isAccepted());
        QTRY_VERIFY(desk().page()->isVisible());
        QTRY_VERIFY(desk().canvas()->rect().contains(desk().at(scene)));
        const QPoint to = desk().at(scene);
        QDragEnterEvent enter(to - QPoint(0, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk().canvas(), &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk().canvas(), &move);
        QVERIFY(desk().canvas()->overlay().ghost);
        QDropEvent drop(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(desk().canvas(), &drop);
        QVERIFY(drop.isAccepted());
        QVERIFY(!desk().canvas()->overlay().ghost);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::ChainFixture>();
        QVERIFY(desk().openChain());
    }
    void cleanup() { m_fixture.reset(); }

    void aChipIsCarriedOverTheTabOfTheChainOntoAWire()
    {
        if (isCarriedByScreen())
            QSKIP("what is dragged is told to the widgets, which needs a screen that carries nothing");
        showView();
        CaptureFilter filter;
        filter.expressions = {{"status >= 500", true, false}, {"not timeout", true, false}};
        desk().view()->setFilter(filter);
        QVERIFY(desk().view()->chips()->isVisible());
        FilterChip *chip = desk().view()->chips()->chips()[1];
        carry(chip, QPoint(12, 10), QPoint(12, 90), desk().wireTo("console").middle());
        QCOMPARE(expression(), QStringLiteral("not timeout"));
        QVERIFY(hasWire("python", added()->id));
        QVERIFY(hasWire(added()->id, "console"));
        QVERIFY(!hasWire("python", "console"));
        QVERIFY(desk().canvas()->scene()->isSelected(added()->id));
        // The view has its filter as before, and the chip may be dragged and pressed again.
        showView();
        QVERIFY(desk().view()->filter() == filter);
        QTest::mouseClick(chip, Qt::LeftButton, {}, QPoint(12, 10));
        QVERIFY(!desk().view()->filter().expressions[1].on);
        // One step takes it back.
        editor().undo();
        QVERIFY(hasWire("python", "console"));
        QVERIFY(!added());
    }

    void theFieldIsCarriedByItsIconWithAllThatTheViewFilters()
    {
        if (isCarriedByScreen())
            QSKIP("what is dragged is told to the widgets, which needs a screen that carries nothing");
        showView();
        CaptureFilter filter;
        filter.loggers = {"app.db"};
        filterparts::setLowest(filter, Severity::Warning);
        desk().view()->setFilter(filter);
        FilterField *field = desk().window->filterField();
        field->setText(QStringLiteral("slow"));
        QVERIFY(field->grip());
        carry(field->grip(), field->grip()->rect().center(), field->grip()->rect().center() + QPoint(0, 60),
              desk().canvas()->scene()->boundsOf({"errors.log"}).bottomLeft() + QPointF(80, 160));
        QCOMPARE(expression(), QStringLiteral("level >= WARNING and logger in \"app.db\" and slow"));
        // Dropped where there is no wire it stands alone.
        QVERIFY(std::ranges::none_of(editor().chain().wires(), [&](const Wire &wire) { return wire.from == added()->id || wire.to == added()->id; }));
    }

    void aHighlightRuleIsCarriedToo()
    {
        if (isCarriedByScreen())
            QSKIP("what is dragged is told to the widgets, which needs a screen that carries nothing");
        showView();
        desk().view()->setHighlightsPanelVisible(true);
        HighlightsPanel *panel = desk().view()->highlightsPanel();
        panel->field()->setText(QStringLiteral("level >= CRITICAL"));
        panel->addButton()->click();
        panel->field()->setText(QStringLiteral("another"));
        panel->addButton()->click();
        QCOMPARE(panel->list()->count(), 2);
        QWidget *lines = panel->list()->viewport();
        const QPoint first = panel->list()->visualItemRect(panel->list()->item(0)).center();
        carry(lines, first, first + QPoint(0, 80), desk().wireTo("errors").middle());
        QCOMPARE(expression(), QStringLiteral("level >= CRITICAL"));
        QVERIFY(hasWire(added()->id, "errors"));
        QCOMPARE(panel->list()->count(), 2); // it was copied
    }

    void withoutAMouseACommandAsksForTheWire()
    {
        showView();
        CaptureFilter filter;
        filter.text = "status >= 500";
        desk().view()->setFilter(filter);
        desk().window->actions()->putOnWire->trigger();
        QVERIFY(desk().page()->isVisible());
        QVERIFY(desk().canvas()->hasFocus());
        QCOMPARE(desk().canvas()->overlay().filter, std::optional(QStringLiteral("status >= 500")));
        const auto first = desk().canvas()->overlay().plan.insertOn;
        QVERIFY(first);
        QTest::keyClick(desk().canvas(), Qt::Key_Right);
        const auto second = desk().canvas()->overlay().plan.insertOn;
        QVERIFY(second && !second->hasSameEnds(*first));
        QTest::keyClick(desk().canvas(), Qt::Key_Left);
        QTest::keyClick(desk().canvas(), Qt::Key_Return);
        QCOMPARE(expression(), QStringLiteral("status >= 500"));
        QVERIFY(hasWire(first->from, added()->id));
        QVERIFY(hasWire(added()->id, first->to));
        QVERIFY(!desk().canvas()->overlay().filter);
        // There was no room for it: what stands behind has made some, and one step takes all of that back.
        for (const NodeItem &one : desk().canvas()->scene()->nodes())
            QVERIFY(one.id() == added()->id || !one.rect().intersects(desk().canvas()->scene()->node(added()->id)->rect()));
        const double x = desk().canvas()->scene()->node(first->to)->position().x();
        QVERIFY(desk().canvas()->scene()->node(added()->id)->rect().right() < x);
        editor().undo();
        QVERIFY(!added());
        QVERIFY(desk().canvas()->scene()->node(first->to)->position().x() <= x);
        editor().redo();
        QVERIFY(added());

        // Esc, and a click beside all wires, give up.
        const std::size_t nodes = editor().chain().nodes().size();
        desk().window->chainTab()->putOnWire(QStringLiteral("other"));
        QTest::keyClick(desk().canvas(), Qt::Key_Escape);
        QVERIFY(!desk().canvas()->overlay().filter);
        desk().window->chainTab()->putOnWire(QStringLiteral("other"));
        QTest::mouseClick(desk().canvas(), Qt::LeftButton, {}, QPoint(5, 5));
        QVERIFY(!desk().canvas()->overlay().filter);
        QVERIFY(!desk().canvas()->overlay().plan.insertOn);
        QCOMPARE(editor().chain().nodes().size(), nodes);
        // A click on a wire puts it there.
        desk().window->chainTab()->putOnWire(QStringLiteral("other"));
        QTest::mouseClick(desk().canvas(), Qt::LeftButton, {}, desk().at(desk().wireTo("errors.log").middle()));
        QCOMPARE(editor().chain().nodes().size(), nodes + 1);
        QVERIFY(!hasWire("errors", "errors.log"));
    }

    void aViewOfAllRecordsHasNoFilterToPut()
    {
        showView();
        QSignalSpy said(desk().window->chainTab(), &ChainTab::said);
        desk().window->actions()->putOnWire->trigger();
        QCOMPARE(said.size(), 1);
        QVERIFY(!desk().page()->isVisible());
    }

    void theMenuOfAChipPutsItOnAWire()
    {
        showView();
        CaptureFilter filter;
        filter.expressions = {{"a b", true, false}};
        desk().view()->setFilter(filter);
        QMenu menu;
        desk().view()->chips()->fillMenu(menu, 0);
        for (QAction *action : menu.actions()) {
            if (action->text().startsWith(QStringLiteral("Put on a wire")))
                action->trigger();
        }
        QVERIFY(desk().page()->isVisible());
        QVERIFY(desk().canvas()->overlay().filter);
        QCOMPARE(*desk().canvas()->overlay().filter, QStringLiteral("\"a b\""));
    }

    void aFilterOfTheChainFiltersAView()
    {
        const std::size_t views = desk().window->views()->all().size();
        desk().canvas()->scene()->select({"console"});
        QVERIFY(!desk().canvas()->commands()->filterView->isEnabled());
        desk().canvas()->scene()->select({"errors"});
        QVERIFY(desk().canvas()->commands()->filterView->isEnabled());
        desk().canvas()->commands()->filterView->trigger();
        QVERIFY(!desk().page()->isVisible());
        QCOMPARE(desk().window->views()->all().size(), views + 1);
        QCOMPARE(desk().view()->filter().expressions.size(), std::size_t(1));
        QCOMPARE(desk().view()->filter().expressions[0].text, std::string("level >= ERROR"));
        desk().append(2, "app", level::Info);
        desk().append(1, "app", level::Error);
        QTRY_COMPARE(desk().shown(), 1);
    }

    void whatIsNoExpressionIsNotTaken()
    {
        QMimeData data;
        data.setData(filterdrag::mimeType, "level >=");
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.setAccepted(false);
        QApplication::sendEvent(desk().canvas(), &enter);
        QVERIFY(!enter.isAccepted());
        QMimeData long_;
        long_.setData(filterdrag::mimeType, QByteArray(200'000, 'x'));
        QCOMPARE(filterdrag::expressionIn(long_), QString());
    }

    void filtersAreSaidAsExpressions_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("kind");
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("levels from one up") << QStringLiteral("level >= ERROR") << 1;
        QTest::newRow("levels with gaps") << QStringLiteral("level < INFO or level >= WARNING and level < ERROR") << 2;
        QTest::newRow("loggers") << QStringLiteral("logger in a.b or logger in \"c d\"") << 3;
        QTest::newRow("always shown") << QStringLiteral("level >= ERROR and x or y") << 4;
        QTest::newRow("what is off") << QString() << 5;
    }
    void filtersAreSaidAsExpressions()
    {
        QFETCH(QString, said);
        QFETCH(int, kind);
        CaptureFilter filter;
        if (kind == 1 || kind == 4)
            filterparts::setLowest(filter, Severity::Error);
        if (kind == 2) {
            for (const Severity hidden : {Severity::Info, Severity::Error, Severity::Critical})
                filter.levels.set(hidden, false);
        }
        if (kind == 3)
            filter.loggers = {"a.b", "c d"};
        if (kind == 4)
            filter.expressions = {{"x", true, false}, {"y", true, true}};
        if (kind == 5)
            filter.expressions = {{"x", false, false}};
        const std::string text = filterparts::asExpression(filter);
        QVERIFY(Expression::parse(text));
        QVERIFY2(*Expression::parse(text) == *Expression::parse(said.toStdString()), text.c_str());
    }
};

QTEST_MAIN(FilterWireTest)
#include "FilterWireTest.moc"
