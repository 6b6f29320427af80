#include "console/DetailPane.h"
#include "console/FilterField.h"
#include "console/FindBar.h"
#include "console/FoundText.h"
#include "console/RecordDetail.h"
#include "console/TextBlock.h"
#include "console/ViewNavigator.h"
#include "look/Appearance.h"
#include "ui/ViewFixture.h"

#include <QLineEdit>

using namespace sluice;
using namespace sluice::test;

namespace {

CaptureFilter typed(const char *text)
{
    CaptureFilter filter;
    filter.text = text;
    return filter;
}

QStringList pieces(const FoundText &found, const QString &text)
{
    QStringList out;
    for (const FoundText::Place &place : found.places(text))
        out << (place.isFind ? QStringLiteral("find:") : QStringLiteral("filter:")) + text.mid(place.at, place.size);
    return out;
}

int pixels(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == color;
    }
    return count;
}

} // namespace

/// What filter and find look for is shown where it stands.
class FoundTextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAreThoseOfFilterAndFind()
    {
        FoundText found;
        QVERIFY(found.isEmpty());
        found.setFilter(typed("timeout or /err\\w+/"));
        QCOMPARE(pieces(found, QStringLiteral("Timeout: error, no tim")),
                 (QStringList{QStringLiteral("filter:Timeout"), QStringLiteral("filter:error")}));
        found.setFind(QStringLiteral("error, no"));
        QCOMPARE(pieces(found, QStringLiteral("Timeout: error, no tim")),
                 (QStringList{QStringLiteral("filter:Timeout"), QStringLiteral("find:error, no")}));
        found.setFind(QString());
        found.setFilter({});
        QVERIFY(found.isEmpty());
    }

    void placesCountCharactersNotBytes()
    {
        FoundText found;
        found.setFind(QStringLiteral("größe"));
        QCOMPARE(pieces(found, QStringLiteral("😀 äöü GRÖẞE Größe")), (QStringList{QStringLiteral("find:GRÖẞE"), QStringLiteral("find:Größe")}));
    }

    void whatIsDeniedOrOfOtherFieldsIsNotShown()
    {
        FoundText found;
        found.setFilter(typed("not hidden and level >= INFO"));
        QVERIFY(pieces(found, QStringLiteral("hidden INFO")).isEmpty());
    }

    void cellsAndDetailShowIt()
    {
        ViewFixture f;
        f.settings->setValue(setting::showDetail, true);
        QVERIFY(f.open());
        f.append(3, "app", level::Info, "the connection was refused");
        QTRY_COMPARE(f.shown(), 3);
        const QColor line = Appearance::theme().color("found");
        const QColor ground = Appearance::theme().color("match");
        const auto image = [&] { return f.table()->viewport()->grab().toImage(); };
        QCOMPARE(pixels(image(), line), 0);
        f.window->filterField()->setText(QStringLiteral("connection"));
        QTRY_VERIFY(pixels(image(), line) > 0);
        QCOMPARE(pixels(image(), ground), 0);
        f.table()->goTo(1);
        TextBlock *message = f.window->detail()->record()->message();
        QTRY_COMPARE(message->foundPlaces(), qsizetype(1));
        f.view()->navigator()->openFind();
        f.view()->navigator()->findBar()->field()->setText(QStringLiteral("e"));
        QTRY_VERIFY(pixels(image(), ground) > 0);
        QTRY_COMPARE(message->foundPlaces(), qsizetype(4));
        f.view()->navigator()->findBar()->close();
        f.window->filterField()->setText(QString());
        QTRY_COMPARE(pixels(image(), line), 0);
        QTRY_COMPARE(message->foundPlaces(), qsizetype(0));
    }
};

QTEST_MAIN(FoundTextTest)
#include "FoundTextTest.moc"
