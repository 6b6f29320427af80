#include "RealMouse.h"
#include "ShowStrings.h"
#include "console/FilterChip.h"
#include "console/FilterChips.h"
#include "console/FilterField.h"
#include "console/HighlightsPanel.h"
#include "shell/Actions.h"
#include "ui/ChainFixture.h"

#include <QAction>
#include <QListWidget>
#include <QToolButton>

using namespace sluice;
using sluice::test::RealMouse;

/// Filters carried from views over the tab of the chain onto a wire, by the display's own mouse: all the way through the system's drag
/// and drop. Needs an X display (tests/with-desktop).
class CarryByMouseTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::ChainFixture> m_fixture;

    test::ChainFixture &desk() { return *m_fixture; }
    const Chain &drawn() { return desk().page()->editor().chain(); }
    QWidget *tab() { return desk().window->views()->tabs()->pageButton(); }
    static QPoint onScreen(const QWidget *widget, const QPoint &at) { return widget->mapToGlobal(at); }

    const ChainNode *added()
    {
        const auto found = std::ranges::find_if(drawn().nodes(), [](const ChainNode &node) { return node.id != "errors" && node.type->name() == "ExpressionFilter"; });
        return found == drawn().nodes().end() ? nullptr : &*found;
    }
    bool hasWire(const std::string &from, const std::string &to)
    {
        return std::ranges::any_of(drawn().wires(), [&](const Wire &wire) { return wire.from == from && wire.to == to; });
    }

    /// What was shown or hidden just now moves all the rest: waits until points stay where they are, as whoever points at them does.
    template <typename Points>
    static bool rests(Points points)
    {
        auto seen = points();
        int times = 0;
        return QTest::qWaitFor([&] {
            const auto now = points();
            times = std::exchange(seen, now) == now ? times + 1 : 0;
            return times >= 30; // 10 ms each
        }, test::patience);
    }

    /// Shows the view.
    void showView()
    {
        desk().window->actions()->chain->setChecked(false);
        QTRY_VERIFY(desk().view()->isVisible() && !desk().page()->isVisible());
    }

    /// Takes what is there, holds it over the tab until the chain is shown, and lets it go on the wire to that node.
    void carryOnto(const char *to, QWidget *from, const QPoint &at)
    {
        QVERIFY(rests([&] { return std::pair(onScreen(from, at), onScreen(tab(), tab()->rect().center())); }));
        QPoint before(-1, -1);
        const auto wire = [&]() -> std::optional<QPoint> {
            if (!desk().page()->isVisible() || !desk().canvas()->isVisible())
                return {};
            // Where it stands twice, it stands.
            const QPoint now = onScreen(desk().canvas(), desk().at(desk().wireTo(to).middle()));
            return std::exchange(before, now) == now ? std::optional(now) : std::nullopt;
        };
        QVERIFY(RealMouse::carry(onScreen(from, at), onScreen(tab(), tab()->rect().center()), wire));
        QTRY_VERIFY(added());
        QVERIFY(hasWire(added()->id, to));
        QVERIFY(!desk().canvas()->overlay().ghost);
        QVERIFY(!desk().canvas()->carried().edges().isScrolling());
    }
    QString expression() { return added() ? added()->params.value(QStringLiteral("expression")).toString() : QString(); }

private Q_SLOTS:
    void initTestCase()
    {
        if (!RealMouse::isThere())
            QSKIP("This needs an X display with a window manager: tests/with-desktop.");
    }
    void init()
    {
        m_fixture = std::make_unique<test::ChainFixture>();
        const bool isOpen = desk().openChain();
        const auto state = [&] {
            return QStringLiteral("active %1, width %2, project %3").arg(desk().window->isActiveWindow()).arg(desk().window->width()).arg(desk().session->isRunning());
        };
        QVERIFY2(isOpen, qPrintable(state()));
        showView();
    }
    void cleanup() { m_fixture.reset(); }

    void aChipGoesOntoAWire()
    {
        CaptureFilter filter;
        filter.expressions = {{"status >= 500", true, false}, {"not timeout", true, false}};
        desk().view()->setFilter(filter);
        QTRY_VERIFY(desk().view()->chips()->isVisible() && desk().view()->chips()->chips().size() == 2);
        FilterChip *chip = desk().view()->chips()->chips()[1];
        QTRY_VERIFY(chip->isVisible() && chip->width() > 40);
        carryOnto("console", chip, QPoint(12, chip->height() / 2));
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(expression(), QStringLiteral("not timeout"));
        QVERIFY(hasWire("python", added()->id) && !hasWire("python", "console"));
        QVERIFY(desk().view()->filter() == filter);
    }

    void aHighlightRuleGoesOntoAWire()
    {
        desk().view()->setHighlightsPanelVisible(true);
        HighlightsPanel *panel = desk().view()->highlightsPanel();
        for (const char *rule : {"level >= CRITICAL", "another"}) {
            panel->field()->setText(QString::fromUtf8(rule));
            panel->addButton()->click();
        }
        QTRY_VERIFY(panel->list()->isVisible() && panel->list()->count() == 2);
        carryOnto("errors", panel->list()->viewport(), panel->list()->visualItemRect(panel->list()->item(0)).center());
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(expression(), QStringLiteral("level >= CRITICAL"));
        QVERIFY(hasWire("python", added()->id));
        QCOMPARE(panel->list()->count(), 2); // it was copied
        // Within the list it is moved.
        showView();
        QTRY_VERIFY(panel->list()->isVisible());
        const auto middle = [&](int row) { return onScreen(panel->list()->viewport(), panel->list()->visualItemRect(panel->list()->item(row)).center()); };
        QVERIFY(rests([&] { return middle(0); }));
        QVERIFY(RealMouse::drag(middle(0), middle(1) + QPoint(0, 9)));
        QTRY_COMPARE(panel->list()->item(1)->text(), QStringLiteral("level >= CRITICAL"));
        QCOMPARE(panel->list()->item(0)->text(), QStringLiteral("another"));
        QCOMPARE(panel->list()->count(), 2);
    }

    void theFieldGoesByItsIconOntoAWire()
    {
        FilterField *field = desk().window->filterField();
        field->setText(QStringLiteral("slow"));
        QTRY_VERIFY(field->isVisible() && field->grip()->isVisible() && desk().view()->filter().text == "slow");
        carryOnto("errors.log", field->grip(), field->grip()->rect().center());
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(expression(), QStringLiteral("slow"));
        QVERIFY(hasWire("errors", added()->id));
        QCOMPARE(field->text(), QStringLiteral("slow"));
    }
};

QTEST_MAIN(CarryByMouseTest)
#include "CarryByMouseTest.moc"
