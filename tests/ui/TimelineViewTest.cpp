#include "console/OverviewStrip.h"
#include "console/TimeAxis.h"
#include "console/TimelineView.h"
#include "look/Appearance.h"
#include "support/Patience.h"

#include <QSignalSpy>
#include <QWheelEvent>

using namespace sluice;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;
constexpr Nanoseconds begin = 1'700'000'000 * second;

/// A hundred seconds of ten records each; the fiftieth has an error.
std::shared_ptr<const CaptureTimeline::Moment> aMoment()
{
    auto moment = std::make_shared<CaptureTimeline::Moment>();
    TimeGrid grid;
    for (int i = 0; i < 1000; ++i)
        grid.add(begin + i * second / 10, i == 500 ? Severity::Error : Severity::Info);
    moment->whole = grid.histogram();
    moment->isComplete = true;
    return moment;
}

void wheel(QWidget &widget, const QPoint &at, int steps)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, 120 * steps), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

Q_DECLARE_METATYPE(std::optional<sluice::TimeSpan>)

class TimelineViewTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<TimelineView> m_view;

    QPoint at(double seconds) const
    {
        return {m_view->xOf(begin + static_cast<Nanoseconds>(seconds * 1e9)), 20};
    }

private Q_SLOTS:
    void oneRecordIsAMomentInASecond()
    {
        TimelineView view;
        view.resize(800, 60);
        auto moment = std::make_shared<CaptureTimeline::Moment>();
        TimeGrid grid;
        grid.add(begin + second / 2, Severity::Info);
        moment->whole = grid.histogram();
        view.setMoment(moment);
        QCOMPARE(view.span().length(), std::uint64_t(1'000'000'000));
        QVERIFY(view.span().contains(begin + second / 2));
        const QImage image = view.grab().toImage();
        const QColor bar = Appearance::theme().bar(Severity::Info);
        int wide = 0;
        for (int x = 0; x < image.width(); ++x) {
            bool painted = false;
            for (int y = 0; y < image.height(); ++y)
                painted = painted || image.pixelColor(x, y) == bar;
            wide += painted;
        }
        QVERIFY2(wide > 0 && wide < 20, qPrintable(QString::number(wide)));
    }

    void init()
    {
        m_view = std::make_unique<TimelineView>();
        m_view->resize(816, 48);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get(), test::patience));
    }
    void cleanup() { m_view.reset(); }

    void emptyItSaysSoAndTakesNothingAmiss()
    {
        QVERIFY(m_view->span().isEmpty());
        QSignalSpy chosen(m_view.get(), &TimelineView::timeChosen);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {100, 20});
        wheel(*m_view, {100, 20}, 3);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);
        QVERIFY(!m_view->grab().isNull());
    }

    void aClickGoesToItsTime()
    {
        m_view->setMoment(aMoment());
        QSignalSpy chosen(m_view.get(), &TimelineView::timeChosen);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at(25));
        QCOMPARE(chosen.count(), 1);
        QVERIFY(qAbs(chosen[0][0].toLongLong() - (begin + 25 * second)) < second);
    }

    void aDragSelectsAStretchInEitherDirection()
    {
        m_view->setMoment(aMoment());
        QList<TimeSpan> spans;
        connect(m_view.get(), &TimelineView::spanChosen, this, [&](const TimeSpan &span) { spans << span; });
        QSignalSpy chosen(m_view.get(), &TimelineView::timeChosen);
        for (const auto &[from, to] : {std::pair(20.0, 40.0), std::pair(40.0, 20.0)}) {
            QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at(from));
            QTest::mouseMove(m_view.get(), at(30));
            QTest::mouseMove(m_view.get(), at(to));
            QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at(to));
        }
        QCOMPARE(spans.size(), 2);
        for (const TimeSpan &span : spans) {
            QVERIFY(qAbs(span.begin - (begin + 20 * second)) < second);
            QVERIFY(qAbs(span.end - (begin + 40 * second)) < second);
        }
        QCOMPARE(chosen.count(), 0);
    }

    void theWheelZoomsAroundThePointerAndADoubleClickShowsAll()
    {
        m_view->setMoment(aMoment());
        const TimeSpan all = m_view->span();
        std::optional<TimeSpan> wanted;
        connect(m_view.get(), &TimelineView::partWanted, this,
                [&](const std::optional<TimeSpan> &span, int) { wanted = span; });
        const QPoint place = at(50);
        wheel(*m_view, place, 4);
        QVERIFY(m_view->isZoomed());
        QCOMPARE(wanted, std::optional(m_view->span()));
        QVERIFY(m_view->span().length() < all.length() / 4);
        QVERIFY(qAbs(m_view->xOf(begin + 50 * second) - place.x()) <= 2);
        wheel(*m_view, place, -20);
        QVERIFY(!m_view->isZoomed());
        QCOMPARE(m_view->span(), all);
        // However deep: it ends, and can be left.
        wheel(*m_view, place, 200);
        QVERIFY(m_view->span().length() >= 1);
        QSignalSpy reset(m_view.get(), &TimelineView::resetRequested);
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, place);
        QCOMPARE(reset.count(), 1);
        QVERIFY(!m_view->isZoomed());
        QVERIFY(!wanted);
    }

    void keysMoveSelectZoomAndChoose()
    {
        m_view->setMoment(aMoment());
        m_view->setFocus(Qt::TabFocusReason);
        QSignalSpy chosen(m_view.get(), &TimelineView::timeChosen);
        QList<TimeSpan> spans;
        connect(m_view.get(), &TimelineView::spanChosen, this, [&](const TimeSpan &span) { spans << span; });
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(qAbs(chosen[0][0].toLongLong() - (begin + 25 * second)) < 2 * second);
        QVERIFY(m_view->accessibleDescription().contains(QStringLiteral("records")));
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
        QVERIFY(m_view->selection());
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(spans.size(), 1);
        QVERIFY(qAbs(Nanoseconds(spans[0].length()) - 20 * second) < 2 * second);
        QTest::keyClick(m_view.get(), Qt::Key_Plus);
        QVERIFY(m_view->isZoomed());
        QTest::keyClick(m_view.get(), Qt::Key_Minus);
        QVERIFY(!m_view->isZoomed());
        QTest::keyClick(m_view.get(), Qt::Key_Plus);
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(!m_view->isZoomed());
        QVERIFY(!m_view->selection());
    }

    void oneErrorAmongThousandsIsSeen()
    {
        m_view->setMoment(aMoment());
        const QImage image = m_view->grab().toImage();
        const QColor error(QStringLiteral("#C9302A"));
        int pixels = 0;
        for (int y = 0; y < 34; ++y) {
            for (int x = at(48).x(); x < at(52).x(); ++x)
                pixels += image.pixelColor(x * image.devicePixelRatio(), y * image.devicePixelRatio()) == error;
        }
        QVERIFY(pixels >= 4);
    }

    void ticksStandAtRoundTimesAndNotTooMany()
    {
        for (const Nanoseconds length : {Nanoseconds(50'000'000), 3 * second, 100 * second, 86'400 * second,
                                         400 * 86'400 * second, Nanoseconds(9'000'000'000) * second}) {
            const TimeAxis axis({begin, begin + length / 2}, 800, 80);
            QVERIFY(axis.ticks().size() <= 11);
            for (std::size_t i = 1; i < axis.ticks().size(); ++i)
                QVERIFY(axis.ticks()[i].time > axis.ticks()[i - 1].time);
        }
        QCOMPARE(TimeAxis({begin, begin}, 800, 80).ticks().size(), std::size_t(0));
    }

    void theStripTellsWhatStandsWhere()
    {
        OverviewStrip strip;
        strip.resize(14, 200);
        RowList rows = RowList::list();
        LevelStrip levels;
        for (std::uint64_t i = 0; i < 1000; ++i) {
            rows.append({10 + i * 2});
            levels.add(i, i == 100 ? Severity::Error : i == 600 ? Severity::Warning : Severity::Info);
        }
        strip.setMarks([](std::uint64_t row) { return row <= 1010 ? std::optional<std::uint64_t>(1010) : std::nullopt; });
        // A row that the list does not show.
        strip.setMatches([](std::uint64_t row) { return row <= 1511 ? std::optional<std::uint64_t>(1511) : std::nullopt; });
        strip.setRows(ShownRows(rows), levels);
        QCOMPARE(strip.inWords(20), QStringLiteral("ERROR"));
        QCOMPARE(strip.inWords(120), QStringLiteral("WARNING"));
        QCOMPARE(strip.inWords(100), QStringLiteral("marked"));
        QCOMPARE(strip.inWords(150), QString());
        QSignalSpy chosen(&strip, &OverviewStrip::placeChosen);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, {7, 22});
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toInt(), 100);
        strip.setRows(ShownRows(RowList::list()), {});
        QTest::mouseClick(&strip, Qt::LeftButton, {}, {7, 22});
        QCOMPARE(chosen.count(), 1);
        QVERIFY(!strip.grab().isNull());
    }
};

QTEST_MAIN(TimelineViewTest)
#include "TimelineViewTest.moc"
