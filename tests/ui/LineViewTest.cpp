#include "console/LineView.h"
#include "support/Patience.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

using namespace sluice;

namespace {

/// Any number of rows that nobody keeps.
class ManyRows : public QAbstractTableModel
{
public:
    explicit ManyRows(int rows) : m_rows(rows) {}

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 3; }
    QVariant data(const QModelIndex &, int) const override
    {
        ++asked;
        return {};
    }
    void append(int rows)
    {
        beginInsertRows({}, m_rows, m_rows + rows - 1);
        m_rows += rows;
        endInsertRows();
    }
    void change(int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, 2)); }
    void removeFirst(int rows)
    {
        beginRemoveRows({}, 0, rows - 1);
        m_rows -= rows;
        endRemoveRows();
    }

    /// On a real desktop Qt asks for the tip of the row under the pointer.
    bool askedForFew() const { return asked < 20; }

    mutable int asked = 0;

private:
    int m_rows;
};

class PlainLineView : public LineView
{
public:
    PlainLineView()
    {
        setLineHeight(20);
        setGutter(16);
        resize(400, 300);
    }

    int rowHeight(int row) const override
    {
        ++measured;
        return row == high ? 100 : lineHeight();
    }
    void again() { updateGeometries(); }

    int high = -1;
    mutable int measured = 0;
    std::vector<int> painted;

protected:
    void paintRow(QPainter &, int row, const QRect &) override { painted.push_back(row); }
};

} // namespace

class LineViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paintsWhatIsInViewAlone()
    {
        ManyRows model(60'000'000);
        PlainLineView view;
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        QScrollBar *bar = view.verticalScrollBar();
        const int fits = view.viewport()->height() / 20;
        QCOMPARE(bar->maximum(), 60'000'000 - fits);
        view.painted.clear();
        bar->setValue(bar->maximum());
        view.viewport()->repaint();
        QVERIFY(!view.painted.empty());
        QVERIFY(view.painted.front() >= bar->maximum());
        QCOMPARE(view.painted.back(), 59'999'999);
        QVERIFY(model.askedForFew());
    }

    void rowsThatComeAndGoMoveTheRangeAlone()
    {
        ManyRows model(1000);
        PlainLineView view;
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        view.verticalScrollBar()->setValue(500);
        const int maximum = view.verticalScrollBar()->maximum();
        model.append(10'000'000);
        QTRY_COMPARE(view.verticalScrollBar()->maximum(), maximum + 10'000'000);
        QCOMPARE(view.verticalScrollBar()->value(), 500);
        model.removeFirst(10'000'000);
        QTRY_COMPARE(view.verticalScrollBar()->maximum(), maximum);
        QCOMPARE(view.verticalScrollBar()->value(), 500);
    }

    void whatChangesIsPaintedAgainAtTheCostOfWhatIsInView()
    {
        ManyRows model(1'000'000);
        PlainLineView view;
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        view.verticalScrollBar()->setValue(500'000);
        view.viewport()->repaint();
        view.measured = 0;
        view.painted.clear();
        model.change(0, 999'999);
        QVERIFY2(view.measured < 1000, QByteArray::number(view.measured).constData());
        QTRY_VERIFY(!view.painted.empty());
        QCOMPARE(view.painted.front(), 500'000);
        QVERIFY(view.painted.back() >= 500'000 + view.viewport()->height() / 20 - 1);

        QTest::qWait(50); // so that nothing else is left to paint
        view.painted.clear();
        model.change(500'002, 500'003);
        QTRY_VERIFY(!view.painted.empty());
        QCOMPARE(view.painted, (std::vector<int>{500'002, 500'003}));
        view.painted.clear();
        model.change(0, 499'999);
        model.change(600'000, 700'000);
        QCoreApplication::processEvents();
        QVERIFY(view.painted.empty());
    }

    void geometryAndHitsAgreeAlsoAroundAHighRow()
    {
        ManyRows model(1000);
        PlainLineView view;
        view.setModel(&model);
        view.high = 12;
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        view.verticalScrollBar()->setValue(10);
        int y = 0;
        for (int row = 10; y < view.viewport()->height(); ++row) {
            const QRect rect = view.visualRect(model.index(row, 1));
            QCOMPARE(rect.top(), y);
            QCOMPARE(rect.height(), row == 12 ? 100 : 20);
            QCOMPARE(view.rowAt(y), row);
            QCOMPARE(view.rowAt(y + rect.height() - 1), row);
            QCOMPARE(view.indexAt(rect.center()), model.index(row, 1));
            y += rect.height();
        }
        // The high one at the very end leaves room for fewer.
        view.high = 999;
        view.again();
        const int others = (view.viewport()->height() - 100) / 20;
        QCOMPARE(view.verticalScrollBar()->maximum(), 999 - others);
    }

    void keysMoveAndScroll()
    {
        ManyRows model(10'000'000);
        PlainLineView view;
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        view.setCurrentIndex(model.index(0, 0));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.currentIndex().row(), 1);
        QTest::keyClick(&view, Qt::Key_PageDown);
        QCOMPARE(view.currentIndex().row(), view.viewport()->height() / 20);
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.currentIndex().row(), 9'999'999);
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        QTest::keyClick(&view, Qt::Key_Up);
        QTest::keyClick(&view, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(view.selectionModel()->selectedRows().size(), 2);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.verticalScrollBar()->value(), 0);
        QTest::keyClick(&view, Qt::Key_X); // no search through ten million rows
        QVERIFY(model.askedForFew());
    }

    void mouseSelectsRowsAndRanges()
    {
        ManyRows model(100);
        PlainLineView view;
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        const auto click = [&](int row, Qt::KeyboardModifiers with = {}) {
            QTest::mouseClick(view.viewport(), Qt::LeftButton, with, QPoint(200, row * 20 + 10));
        };
        click(2);
        QCOMPARE(view.currentIndex().row(), 2);
        click(6, Qt::ShiftModifier);
        QCOMPARE(view.selectionModel()->selectedRows().size(), 5);
        click(9, Qt::ControlModifier);
        QCOMPARE(view.selectionModel()->selectedRows().size(), 6);
        QVERIFY(view.selectionModel()->isRowSelected(9));
    }

    void columnsScrollUnderTheGutter()
    {
        ManyRows model(10);
        PlainLineView view;
        view.setModel(&model);
        view.header()->setStretchLastSection(false);
        for (int i = 0; i < 3; ++i)
            view.header()->resizeSection(i, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view, test::patience));
        QTRY_VERIFY(view.horizontalScrollBar()->maximum() > 0);
        QCOMPARE(view.visualRect(model.index(0, 0)).left(), 16);
        view.horizontalScrollBar()->setValue(100);
        QCOMPARE(view.visualRect(model.index(0, 0)).left(), 16 - 100);
        QCOMPARE(view.indexAt(QPoint(230, 5)).column(), 1);
    }
};

QTEST_MAIN(LineViewTest)
#include "LineViewTest.moc"
