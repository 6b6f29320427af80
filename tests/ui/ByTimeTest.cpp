#include "console/ExportBar.h"
#include "console/FindBar.h"
#include "console/FollowPill.h"
#include "console/Marks.h"
#include "console/OverviewStrip.h"
#include "console/ViewNavigator.h"
#include "shell/Actions.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollBar>

#include <algorithm>
#include <array>

using namespace sluice;
using namespace sluice::test;

namespace {

using Row = std::optional<std::uint64_t>;
constexpr double begin = 1'700'000'000;

} // namespace

/// A view whose rows stand by time, by mouse and keyboard.
class ByTimeTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    RecordTable *table() const { return f().table(); }
    RecordTableModel *model() const { return f().view()->model(); }
    void key(Qt::Key key, Qt::KeyboardModifiers with = {}) const { QTest::keyClick(table(), key, with); }

    /// Records at seconds; those that are multiples of 100 are errors.
    void append(const std::vector<int> &seconds, std::string_view message = "record") const
    {
        LogRecordBatch batch;
        for (const int at : seconds)
            addRecord(batch, "app", at % 100 ? level::Info : level::Error, message, begin + at);
        f().session->capture()->append(pointers(batch));
    }

    std::vector<int> seconds() const
    {
        std::vector<int> all;
        for (int i = 0; i < model()->rowCount(); ++i)
            all.push_back(static_cast<int>(model()->snapshot().columns(model()->rowNumber(i)).created / 1'000'000'000 -
                                           static_cast<Nanoseconds>(begin)));
        return all;
    }

    bool isSettled(int rows) const { return f().shown() == rows && !model()->isSorting(); }

    void byTime() const
    {
        table()->setFocus();
        key(Qt::Key_O);
        QTRY_VERIFY(model()->isByTime());
    }

    void byTimeOff() const
    {
        key(Qt::Key_O);
        QTRY_VERIFY(!model()->isByTime());
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void aKeyTurnsItOnAndTheViewRemembers()
    {
        append({1, 3, 2});
        QTRY_COMPARE(f().shown(), 3);
        byTime();
        QTRY_COMPARE(seconds(), (std::vector<int>{1, 2, 3}));
        QVERIFY(f().view()->state().byTime);
        QVERIFY(ViewState::fromJson(f().view()->state().toJson()).byTime);
        f().window->views()->save();
        QVERIFY(f().open());
        QVERIFY(model()->isByTime());
        QTRY_COMPARE(seconds(), (std::vector<int>{1, 2, 3}));
        byTimeOff();
        QTRY_COMPARE(seconds(), (std::vector<int>{1, 3, 2}));
    }

    void aFollowingViewKeepsTheNewestTimeInView()
    {
        for (int i = 0; i < 300; ++i)
            append({i + 1'000});
        byTime();
        QTRY_VERIFY(isSettled(300));
        append({10, 20, 5'000, 30});
        QTRY_VERIFY(isSettled(304));
        QVERIFY(table()->isFollowing());
        QTRY_COMPARE(table()->verticalScrollBar()->value(), table()->verticalScrollBar()->maximum());
        QCOMPARE(seconds().back(), 5'000);
        QCOMPARE(seconds().front(), 10);
    }

    void lateRecordsMoveNeitherPlaceNorSelection()
    {
        for (int i = 0; i < 500; ++i)
            append({i * 10});
        byTime();
        QTRY_VERIFY(isSettled(500));
        table()->setFollowing(false);
        table()->goTo(200);
        const Row top = table()->topRow();
        QCOMPARE(f().current(), Row(200));
        append({5, 15, 25, 2'005, 4'001});
        QTRY_VERIFY(isSettled(505));
        QTRY_COMPARE(table()->topRow(), top);
        QCOMPARE(f().current(), Row(200));
        QVERIFY(table()->selectionModel()->isRowSelected(model()->indexOf(200)));
        // Turned off and on, both stay too.
        byTimeOff();
        QTRY_COMPARE(f().current(), Row(200));
        QTRY_VERIFY(table()->visualRect(table()->currentIndex()).top() >= 0);
    }

    void findGoesAndCountsInItsOrder()
    {
        append({50}, "needle late");
        append({10}, "needle early");
        append({20, 40}, "hay");
        append({30}, "needle between");
        byTime();
        QTRY_VERIFY(isSettled(5));
        table()->setFollowing(false);
        table()->goTo(1);
        f().view()->navigator()->openFind();
        FindBar *bar = f().view()->navigator()->findBar();
        QTest::keyClicks(bar->field(), QStringLiteral("needle"));
        QTRY_COMPARE(bar->counts()->text(), QStringLiteral("1 of 3"));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(4));
        QCOMPARE(bar->counts()->text(), QStringLiteral("2 of 3"));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(0));
        QTest::keyClick(bar->field(), Qt::Key_Return);
        QTRY_COMPARE(f().current(), Row(1));
        QTest::keyClick(bar->field(), Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(f().current(), Row(0));
        append({25}, "needle afterwards");
        QTRY_COMPARE(bar->counts()->text(), QStringLiteral("4 of 4"));
        QTest::keyClick(bar->field(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(bar->field(), Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(f().current(), Row(5));
    }

    void errorsAndMarksAreGoneToInItsOrder()
    {
        append({300, 5, 100, 7, 200, 6});
        byTime();
        QTRY_VERIFY(isSettled(6));
        table()->goTo(1);
        key(Qt::Key_E);
        QTRY_COMPARE(f().current(), Row(2));
        key(Qt::Key_E);
        QTRY_COMPARE(f().current(), Row(4));
        key(Qt::Key_E);
        QTRY_COMPARE(f().current(), Row(0));
        key(Qt::Key_E, Qt::ShiftModifier);
        QTRY_COMPARE(f().current(), Row(4));

        for (const std::uint64_t row : {0, 3, 5})
            f().window->views()->marks()->toggle(row);
        table()->goTo(1);
        key(Qt::Key_BracketRight);
        QCOMPARE(f().current(), Row(5));
        key(Qt::Key_BracketRight);
        QCOMPARE(f().current(), Row(3));
        key(Qt::Key_BracketRight);
        QCOMPARE(f().current(), Row(0));
        key(Qt::Key_BracketLeft);
        QCOMPARE(f().current(), Row(3));
    }

    void aTimeIsGoneTo()
    {
        append({300, 5, 100, 7, 200, 6});
        byTime();
        QTRY_VERIFY(isSettled(6));
        f().view()->navigator()->goToTime(static_cast<Nanoseconds>(begin + 150) * 1'000'000'000);
        QTRY_COMPARE(f().current(), Row(4));
    }

    void copyAndExportAreInItsOrder()
    {
        append({30}, "third");
        append({10}, "first");
        append({20}, "second");
        byTime();
        QTRY_VERIFY(isSettled(3));
        table()->setFocus();
        key(Qt::Key_Up);
        table()->selectAll();
        QApplication::clipboard()->clear();
        key(Qt::Key_C, Qt::ControlModifier);
        const auto order = [](const QString &text) {
            return std::array{text.indexOf(QStringLiteral("first")), text.indexOf(QStringLiteral("second")),
                              text.indexOf(QStringLiteral("third"))};
        };
        QTRY_VERIFY(!QApplication::clipboard()->text().isEmpty());
        const auto copied = order(QApplication::clipboard()->text());
        QVERIFY(copied[0] >= 0 && std::ranges::is_sorted(copied));
        const QString path = f().folder.filePath(QStringLiteral("out.log"));
        f().view()->exportBar()->exportTo(path);
        QTRY_VERIFY(QFile::exists(path));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto exported = order(QString::fromUtf8(file.readAll()));
        QVERIFY(exported[0] >= 0 && std::ranges::is_sorted(exported));
    }

    void theStripShowsWhereErrorsStandNow()
    {
        // The error came last and is the oldest.
        std::vector<int> some;
        for (int i = 0; i < 150; ++i)
            some.push_back(i * 100 + 101);
        append(some);
        append({0});
        byTime();
        QTRY_VERIFY(isSettled(151));
        QTRY_COMPARE(f().view()->strip()->inWords(0), QStringLiteral("ERROR"));
        QVERIFY(f().view()->strip()->inWords(f().view()->strip()->height() - 2).isEmpty());
        f().window->views()->marks()->toggle(150);
        QVERIFY(f().view()->strip()->inWords(0).contains(QStringLiteral("marked")));
    }

    void theMenuAndThePaletteHaveIt()
    {
        append({1, 2});
        QTRY_COMPARE(f().shown(), 2);
        QAction *found = nullptr;
        for (QAction *action : f().window->findChildren<QAction *>()) {
            if (action->text().remove(QLatin1Char('&')) == QStringLiteral("Order by time"))
                found = action;
        }
        QVERIFY(found && found->isCheckable() && !found->isChecked());
        found->trigger();
        QVERIFY(model()->isByTime() && found->isChecked());
        found->trigger();
        QVERIFY(!model()->isByTime() && !found->isChecked());
    }
};

QTEST_MAIN(ByTimeTest)
#include "ByTimeTest.moc"
