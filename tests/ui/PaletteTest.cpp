#include "console/SourceListModel.h"
#include "shell/Actions.h"
#include "shell/CommandModel.h"
#include "shell/CommandPalette.h"
#include "shell/FuzzyMatch.h"
#include "ui/ViewFixture.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QListView>

using namespace sluice;
using namespace sluice::test;

class PaletteTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_fixture;

    ViewFixture &f() const { return *m_fixture; }
    CommandPalette *palette() const { return f().window->commandPalette(); }
    QString first() const { return palette()->model()->index(0, 0).data().toString(); }

    static int score(const char *typed, const char *text)
    {
        const auto match = FuzzyMatch::of(QString::fromUtf8(typed), QString::fromUtf8(text));
        return match ? match->score : -1;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }
    void cleanup() { m_fixture.reset(); }

    void lettersMatchInOrderAndBeginningsCount()
    {
        QVERIFY(score("ne", "Next error") > 0);
        QCOMPARE(score("en", "Next"), -1);
        QVERIFY(score("ne", "Next error") > score("ne", "Command line"));
        QVERIFY(score("foll", "Follow") > score("foll", "Find one long line"));
        QVERIFY(score("fo", "Follow") > score("fo", "Follow something longer"));
        QVERIFY(score("NEXT ERROR", "Next error") > 0);
        QVERIFY(score("gelb", "Größe gelb") > 0);
        const auto match = FuzzyMatch::of(QStringLiteral("ne"), QStringLiteral("Next error"));
        QCOMPARE(match->places, (std::vector<int>{0, 1}));
        // However long: bounded.
        QVERIFY(!FuzzyMatch::of(QString(10'000, QLatin1Char('a')), QString(100'000, QLatin1Char('b'))));
    }

    void isAsTallAsWhatItFound()
    {
        f().window->resize(1000, 900);
        palette()->open();
        const auto spare = [this] {
            const QListView *list = palette()->list();
            return list->viewport()->height() - palette()->model()->rowCount() * list->sizeHintForRow(0);
        };
        QVERIFY(palette()->model()->rowCount() > 12);
        const int whole = palette()->height();
        QCOMPARE(palette()->list()->viewport()->height(), 12 * palette()->list()->sizeHintForRow(0));
        palette()->field()->setText(QStringLiteral("next e"));
        const int rows = palette()->model()->rowCount();
        QVERIFY(rows > 0 && rows < 12);
        QTRY_COMPARE(spare(), 0);
        QVERIFY(palette()->height() < whole);
        palette()->field()->setText(QStringLiteral("xqzxqz"));
        QCOMPARE(palette()->model()->rowCount(), 0);
        QVERIFY(palette()->height() < whole / 2);
        palette()->field()->clear();
        QCOMPARE(palette()->height(), whole);
    }

    void opensByItsKeyAndRunsWhatATypedWordFinds()
    {
        QVERIFY(f().window->actions()->follow->isChecked());
        QTest::keyClick(f().window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(palette()->isVisible());
        QTRY_VERIFY(palette()->field()->hasFocus());
        QTest::keyClicks(palette()->field(), QStringLiteral("follo"));
        QCOMPARE(first(), QStringLiteral("Follow"));
        QVERIFY(palette()->model()->index(0, 0).data(CommandModel::CheckedRole).toBool());
        QCOMPARE(palette()->model()->index(0, 0).data(CommandModel::ShortcutRole).toString(), QStringLiteral("F"));
        QTest::keyClick(palette()->field(), Qt::Key_Return);
        QVERIFY(!palette()->isVisible());
        QVERIFY(!f().view()->isFollowing());
    }

    void whatWasUsedOfLateStandsFirst()
    {
        palette()->open();
        const QString before = first();
        QTest::keyClicks(palette()->field(), QStringLiteral("theme dark"));
        QCOMPARE(first(), QStringLiteral("Theme: dark"));
        QTest::keyClick(palette()->field(), Qt::Key_Return);
        QVERIFY(f().window->actions()->themeDark->isChecked());
        palette()->open();
        QCOMPARE(first(), QStringLiteral("Theme: dark"));
        QVERIFY(first() != before);
        QTest::keyClick(palette()->field(), Qt::Key_Escape);
        QVERIFY(!palette()->isVisible());
        f().window->actions()->themeLight->trigger();
    }

    void keysAndMouseChooseInTheList()
    {
        f().append(1, "shop.db.pool");
        f().append(2, "worker");
        QTRY_COMPARE(f().shown(), 3);
        palette()->open();
        QTest::keyClicks(palette()->field(), QStringLiteral("logger"));
        const int rows = palette()->model()->rowCount();
        QVERIFY(rows >= 2);
        QTest::keyClick(palette()->field(), Qt::Key_Down);
        QCOMPARE(palette()->list()->currentIndex().row(), 1);
        QTest::keyClick(palette()->field(), Qt::Key_Up);
        QTest::keyClick(palette()->field(), Qt::Key_Up);
        QCOMPARE(palette()->list()->currentIndex().row(), rows - 1);
        palette()->field()->setText(QStringLiteral("goto worker"));
        QCOMPARE(first(), QStringLiteral("Go to logger worker"));
        const QModelIndex index = palette()->model()->index(0, 0);
        QTest::mouseClick(palette()->list()->viewport(), Qt::LeftButton, {},
                          palette()->list()->visualRect(index).center());
        QTRY_COMPARE(f().shown(), 2);
    }

    void nothingFoundSaysSo()
    {
        palette()->open();
        palette()->field()->setText(QStringLiteral("zzzqqq"));
        QVERIFY(!palette()->list()->isVisible());
        QTest::keyClick(palette()->field(), Qt::Key_Return);
        QVERIFY(palette()->isVisible());
    }

    void theModelIsSound()
    {
        CommandModel model;
        QAbstractItemModelTester tester(&model);
        std::vector<Command> commands;
        for (int i = 0; i < 5000; ++i)
            commands.push_back({QStringLiteral("Command %1").arg(i), {}, QString::number(i), [] {}, false, i > 10});
        model.setCommands(commands, {QStringLiteral("7")});
        QCOMPARE(model.rowCount(), 11);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Command 7"));
        model.setTyped(QStringLiteral("command"));
        QCOMPARE(model.rowCount(), CommandModel::maxShown);
        model.setTyped(QStringLiteral("4321"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Command 4321"));
    }
};

QTEST_MAIN(PaletteTest)
#include "PaletteTest.moc"
