#pragma once

#include "base/CallQueue.h"
#include "base/Result.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace sluice {

class Settings;

/// Opens source files at a line in the editor that the user has. What to call comes from the settings, the file's name from
/// a record that may be a stranger's: it is one argument of a program, never a word for a shell, and must be the absolute
/// path of a file on this machine. Looking for it is done on a thread of its own. For the UI thread.
class EditorLauncher : public QObject
{
    Q_OBJECT

public:
    /// An editor that is known by name.
    struct Editor
    {
        QString name;
        QString command; ///< a template: "code -g {file}:{line}"
    };

    explicit EditorLauncher(Settings &settings, QObject *parent = nullptr);
    ~EditorLauncher() override;

    static const std::vector<Editor> &editors();

    /// The template in use: that of the settings, or of the first known editor that is installed; empty if there is none.
    QString command() const;
    void setCommand(const QString &command);
    /// Its editor's name, or the program's.
    QString name() const;

    /// Program and arguments of a template. Words are parted at spaces outside double quotes; {file} and {line} are put in
    /// afterwards, so that nothing in a name parts them.
    static Result<QStringList> arguments(const QString &command, const QString &file, qint64 line);
    /// Why that cannot be the file of a record; none if it may be.
    static std::optional<Error> refusal(const QString &file);
    /// Why that program, found to be at `program`, cannot be given that file's name; none if it can. Windows gives what is
    /// started by a batch file (as VS Code's code.cmd) to its command interpreter, which runs and expands what is in it.
    static std::optional<Error> refusalBy(const QString &program, const QString &file);

    /// `line` from 1; 0: not known. What goes wrong is told by failed().
    void open(const QString &file, qint64 line);

Q_SIGNALS:
    void opened(const QString &file);
    void failed(const QString &sentence);

private:
    void run();

    struct Wanted
    {
        QString file;
        qint64 line = 0;
        QString command;
    };
    /// `program`: where the command's is; empty: nowhere.
    void launch(const Wanted &wanted, const QString &program, bool exists);

    Settings &m_settings;
    CallQueue m_news;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<Wanted> m_wanted;
    bool m_stopping = false;
    std::thread m_thread; ///< from the first file on
};

} // namespace sluice
