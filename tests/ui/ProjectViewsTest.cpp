#include "ShowStrings.h"
#include "ViewFixture.h"
#include "chain/Configuration.h"
#include "console/Highlights.h"
#include "shell/Actions.h"
#include "shell/ChainTab.h"
#include "shell/ViewWindow.h"

#include <QAction>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace sluice;
using sluice::test::ViewFixture;

/// What of the views is a project's, and what its reader's.
class ProjectViewsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ViewFixture> m_f;

    ViewFixture &f() const { return *m_f; }
    Views *views() const { return f().window->views(); }

    QStringList titles() const
    {
        QStringList titles;
        for (const ConsoleView *view : views()->all())
            titles << view->state().title();
        return titles;
    }

    QStringList keptTitles() const
    {
        views()->save();
        QStringList titles;
        const QJsonObject kept = QJsonDocument::fromJson(f().settings->value(setting::views).toString().toUtf8()).object();
        for (const QJsonValue value : kept[QStringLiteral("views")].toArray())
            titles << ViewState::fromJson(value.toObject()).title();
        return titles;
    }

    ConsoleView *addView(const QString &name, const char *expression = nullptr)
    {
        ViewState state;
        state.name = name;
        if (expression)
            state.filter.expressions = {{expression, true}};
        return views()->add(state);
    }

    QString project(const char *name, const ProjectExtras &extras) const
    {
        Chain chain;
        chain.name = name;
        const QString path = f().folder.filePath(QLatin1String(name) + QStringLiteral(".sluice"));
        if (!saveProject(chain, path.toStdString(), extras))
            qFatal("cannot write %s", name);
        return path;
    }

    void open(const QString &path) const
    {
        f().session->open({path});
        QTRY_VERIFY(f().session->project() && f().session->project()->path == path && !f().session->isBusy());
    }

    static ProjectExtras twoViews()
    {
        ViewState errors;
        errors.name = QStringLiteral("Errors");
        errors.filter.expressions = {{"level >= ERROR", true}};
        errors.columns = {{QStringLiteral("created"), 0}, {QStringLiteral("message"), 300}, {QStringLiteral("user.id"), 0}};
        ViewState slow;
        slow.name = QStringLiteral("Slow");
        slow.byTime = true;
        ProjectExtras extras;
        extras.views = {errors.toJson(), slow.toJson()};
        HighlightRules rules;
        rules.rules = {{"timeout", true, 3, true, false}};
        extras.highlights = rules.toJson();
        return extras;
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ViewFixture>();
        QVERIFY(f().open());
    }

    void aProjectsViewsStandInForTheReadersOwnWhichComeBack()
    {
        addView(QStringLiteral("My own"));
        HighlightRules mine;
        mine.rules = {{"mine", true, 0, false, true}};
        views()->highlights()->setRules(mine);
        const QStringList own = titles();
        QCOMPARE(own, (QStringList{QStringLiteral("All"), QStringLiteral("My own")}));

        open(project("With views", twoViews()));
        QTRY_COMPARE(titles(), (QStringList{QStringLiteral("Errors"), QStringLiteral("Slow")}));
        QCOMPARE(f().view()->state().name, QStringLiteral("Errors"));
        QCOMPARE(f().view()->state().columns.size(), std::size_t(3));
        QCOMPARE(views()->highlights()->rules().rules.front().text, std::string("timeout"));
        // What the reader changes there is not among his own.
        addView(QStringLiteral("For today"));
        views()->highlights()->setRules({});
        QCOMPARE(keptTitles(), own);

        open(project("Without views", {}));
        QTRY_COMPARE(titles(), own);
        QCOMPARE(views()->highlights()->rules(), mine);
        // And the project's are again what its file says.
        open(project("With views", twoViews()));
        QTRY_COMPARE(titles(), (QStringList{QStringLiteral("Errors"), QStringLiteral("Slow")}));
        QVERIFY(f().open()); // another start
        QCOMPARE(keptTitles(), own);
    }

    void filesThatAreOpenStay()
    {
        f().session->open({f().write(QStringLiteral("app.log"), test::threeLines)});
        QTRY_COMPARE(views()->all().size(), std::size_t(2));
        open(project("With views", twoViews()));
        QTRY_COMPARE(titles(), (QStringList{QStringLiteral("Errors"), QStringLiteral("Slow"), QStringLiteral("app.log")}));
        open(project("Without views", {}));
        QTRY_COMPARE(titles(), (QStringList{QStringLiteral("All"), QStringLiteral("app.log")}));
    }

    void windowsOfTheReadersComeBackAsWindows()
    {
        views()->moveToWindow(addView(QStringLiteral("Beside")));
        QCOMPARE(views()->windows().size(), std::size_t(1));
        open(project("With views", twoViews()));
        QTRY_COMPARE(titles(), (QStringList{QStringLiteral("Errors"), QStringLiteral("Slow")}));
        QVERIFY(views()->windows().empty());
        open(project("Without views", {}));
        QTRY_COMPARE(views()->windows().size(), std::size_t(1));
        QCOMPARE(views()->windows().front()->view()->state().name, QStringLiteral("Beside"));
    }

    void savingKeepsThemInTheProject()
    {
        open(project("Plain", {}));
        addView(QStringLiteral("Errors"), "level >= ERROR");
        f().view()->setFollowing(false);
        views()->moveToWindow(addView(QStringLiteral("In a window")));
        const ProjectExtras extras = views()->forProject();
        QCOMPARE(extras.views.size(), 3);
        const QString path = f().session->project()->path;
        QVERIFY(f().session->saveProjectAs(path, nullptr, extras));
        views()->setSaved(extras);
        const Configuration read = loadConfiguration(path.toStdString());
        QVERIFY2(read.ok(), read.ok() ? "" : read.problems.front().text.c_str());
        QVERIFY(read.extras == extras);
        QCOMPARE(ViewState::fromJson(read.extras.views[1].toObject()).filter.expressions.front().text, std::string("level >= ERROR"));
        // Where a window stands on this screen is nobody else's.
        QVERIFY(!QString::fromStdString(projectText(read.chain, read.extras)).contains(QStringLiteral("geometry")));
        QCOMPARE(projectText(read.chain, read.extras), projectText(read.chain, extras));
    }

    void whatEverybodyBeginsWithIsNotWritten()
    {
        QVERIFY2(!views()->forProject().hasViews(), QJsonDocument(views()->forProject().views).toJson().constData());
        addView({});
        QCOMPARE(views()->forProject().views.size(), 2);
    }

    void theChainStaysInFrontWhenItsProjectHasViews()
    {
        open(project("Plain", {}));
        f().window->chainTab()->open();
        QVERIFY(f().window->actions()->chain->isChecked());
        open(project("With views", twoViews()));
        QTRY_COMPARE(titles(), (QStringList{QStringLiteral("Errors"), QStringLiteral("Slow")}));
        QVERIFY(f().window->actions()->chain->isChecked());
    }

    void viewsOfAnyNumberAndNoneAtAllAreBounded()
    {
        ProjectExtras extras;
        for (int i = 0; i < 100; ++i)
            extras.views.append(QJsonObject{{QStringLiteral("name"), QString::number(i)}});
        open(project("Many", extras));
        QTRY_COMPARE(titles().size(), qsizetype(Views::maxViews));
        // One of a file takes its place among them.
        f().session->open({f().write(QStringLiteral("app.log"), test::threeLines)});
        open(project("Without views", {}));
        QTRY_VERIFY(titles().contains(QStringLiteral("All")));
    }
};

QTEST_MAIN(ProjectViewsTest)
#include "ProjectViewsTest.moc"
