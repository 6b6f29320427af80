#include "shell/Actions.h"
#include "shell/CommandPalette.h"
#include "shell/FileAssociation.h"
#include "ui/ViewFixture.h"

#include <QAction>
#include <QDir>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>

using namespace sluice;

class FileAssociationTest : public QObject
{
    Q_OBJECT

    static QVariant registered(const QString &key)
    {
        return QSettings(QStringLiteral("HKEY_CURRENT_USER\\Software\\Classes"), QSettings::NativeFormat).value(key);
    }

private Q_SLOTS:
    void isTheInstalledPackagesWhereThereIsOne()
    {
        if (fileassociation::isOffered())
            QSKIP("Here the program itself says it.");
        QVERIFY(!fileassociation::set(true));
        QVERIFY(!fileassociation::isSet());
        test::ViewFixture f;
        QVERIFY(f.open());
        QVERIFY(!f.window->actions()->doubleClick->isVisible());
    }

    void isChosenAndTakenBackInTheMenu()
    {
        if (!fileassociation::isOffered())
            QSKIP("The desktop's database has it.");
        (void)fileassociation::set(false);
        test::ViewFixture f;
        QVERIFY(f.open());
        QAction *action = f.window->actions()->doubleClick;
        QVERIFY(action->isVisible() && !action->isChecked());
        action->trigger();
        QVERIFY(fileassociation::isSet());
        QCOMPARE(registered(QStringLiteral(".sluice/Default")).toString(), QStringLiteral("Sluice.Project"));
        QCOMPARE(registered(QStringLiteral("Sluice.Project/shell/open/command/Default")).toString(),
                 QString(QLatin1Char('"') + QDir::toNativeSeparators(QCoreApplication::applicationFilePath()) + QStringLiteral("\" \"%1\"")));
        action->trigger();
        QVERIFY(!fileassociation::isSet());
        QVERIFY(!registered(QStringLiteral(".sluice/Default")).isValid());
        QVERIFY(!registered(QStringLiteral("Sluice.Project/shell/open/command/Default")).isValid());
    }

    void isAskedForOnceTheMenuOpens()
    {
        if (!fileassociation::isOffered())
            QSKIP("The desktop's database has it.");
        (void)fileassociation::set(false);
        test::ViewFixture f;
        QVERIFY(f.open());
        QAction *action = f.window->actions()->doubleClick;
        // Chosen elsewhere, as in another window.
        QVERIFY(fileassociation::set(true));
        QVERIFY(!action->isChecked());
        Q_EMIT f.window->menuBar()->actions().constFirst()->menu()->aboutToShow();
        QVERIFY(action->isChecked());
        QVERIFY(fileassociation::set(false));
        f.window->commandPalette()->open();
        QVERIFY(!action->isChecked());
    }

    void leavesWhatAnotherProgramHas()
    {
        if (!fileassociation::isOffered())
            QSKIP("The desktop's database has it.");
        QSettings registry(QStringLiteral("HKEY_CURRENT_USER\\Software\\Classes"), QSettings::NativeFormat);
        registry.setValue(QStringLiteral(".sluice/Default"), QStringLiteral("Another.Kind"));
        registry.sync();
        QVERIFY(fileassociation::set(false));
        QCOMPARE(registered(QStringLiteral(".sluice/Default")).toString(), QStringLiteral("Another.Kind"));
        registry.remove(QStringLiteral(".sluice"));
    }
};

QTEST_MAIN(FileAssociationTest)
#include "FileAssociationTest.moc"
