#include "shell/EditorLauncher.h"

#include "shell/Settings.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QStringView>

#include <algorithm>
#include <iterator>

namespace sluice {

namespace {

/// One pass: what a file's name holds is not filled in again.
QString filled(const QString &word, const QString &file, const QString &line)
{
    struct Part
    {
        QLatin1String sign;
        const QString &text;
    };
    const QString percent = QStringLiteral("%");
    const Part parts[] = {{QLatin1String("{file}"), file}, {QLatin1String("%f"), file},
                          {QLatin1String("{line}"), line}, {QLatin1String("%l"), line},
                          {QLatin1String("%%"), percent}};
    QString out;
    for (qsizetype at = 0; at < word.size();) {
        const QStringView rest = QStringView(word).mid(at);
        const auto *part = std::ranges::find_if(parts, [&](const Part &one) { return rest.startsWith(one.sign); });
        if (part == std::end(parts)) {
            out += word[at++];
            continue;
        }
        out += part->text;
        at += part->sign.size();
    }
    return out;
}

} // namespace

EditorLauncher::EditorLauncher(Settings &settings, QObject *parent) : QObject(parent), m_settings(settings) {}

EditorLauncher::~EditorLauncher()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

const std::vector<EditorLauncher::Editor> &EditorLauncher::editors()
{
    static const std::vector<Editor> editors = {
        {QStringLiteral("VS Code"), QStringLiteral("code -g {file}:{line}")},
        {QStringLiteral("VSCodium"), QStringLiteral("codium -g {file}:{line}")},
        {QStringLiteral("PyCharm"), QStringLiteral("pycharm --line {line} {file}")},
        {QStringLiteral("IntelliJ IDEA"), QStringLiteral("idea --line {line} {file}")},
        {QStringLiteral("Zed"), QStringLiteral("zed {file}:{line}")},
        {QStringLiteral("Sublime Text"), QStringLiteral("subl {file}:{line}")},
        {QStringLiteral("Kate"), QStringLiteral("kate --line {line} {file}")},
        {QStringLiteral("Qt Creator"), QStringLiteral("qtcreator -client {file}:{line}")},
        {QStringLiteral("GNOME Text Editor"), QStringLiteral("gnome-text-editor {file} +{line}")},
        {QStringLiteral("gVim"), QStringLiteral("gvim +{line} {file}")},
        {QStringLiteral("Emacs"), QStringLiteral("emacsclient -n +{line} {file}")},
        {QStringLiteral("Vim in a terminal"), QStringLiteral("x-terminal-emulator -e vim +{line} {file}")},
    };
    return editors;
}

QString EditorLauncher::command() const
{
    const QString own = m_settings.value(setting::editor).toString().trimmed();
    if (!own.isEmpty())
        return own;
    for (const Editor &editor : editors()) {
        if (!QStandardPaths::findExecutable(editor.command.section(QLatin1Char(' '), 0, 0)).isEmpty())
            return editor.command;
    }
    return {};
}

void EditorLauncher::setCommand(const QString &command) { m_settings.setValue(setting::editor, command); }

QString EditorLauncher::name() const
{
    const QString used = command();
    for (const Editor &editor : editors()) {
        if (editor.command == used)
            return editor.name;
    }
    return QFileInfo(QProcess::splitCommand(used).value(0)).fileName();
}

Result<QStringList> EditorLauncher::arguments(const QString &command, const QString &file, qint64 line)
{
    QStringList words = QProcess::splitCommand(command);
    if (words.isEmpty())
        return Error{"No editor is known here; set one in the settings."};
    if (words.front().contains(QLatin1Char('{')) || words.front().contains(QStringLiteral("%f")) ||
        words.front().contains(QStringLiteral("%l")))
        return Error{"The editor's command must begin with a program."};
    bool hasFile = false;
    for (QString &word : words) {
        hasFile = hasFile || word.contains(QStringLiteral("{file}")) || word.contains(QStringLiteral("%f"));
        word = filled(word, file, QString::number(qMax<qint64>(1, line)));
    }
    if (!hasFile)
        words << file;
    return words;
}

std::optional<Error> EditorLauncher::refusal(const QString &file)
{
    if (file.isEmpty())
        return Error{"The record does not say which file it comes from."};
    if (file.contains(QChar::Null) || file.contains(QLatin1Char('\n')) || file.size() > 4096)
        return Error{"What the record has as its file is no path."};
    // Asking for such a file would greet a machine that a stranger chose.
    if (file.startsWith(QStringLiteral("//")) || file.startsWith(QStringLiteral("\\\\")))
        return Error{"The record's file is on another machine."};
    if (!QDir::isAbsolutePath(file))
        return Error{"“" + file.toStdString() + "” is not an absolute path, so it is not known where it is."};
    return std::nullopt;
}

std::optional<Error> EditorLauncher::refusalBy(const QString &program, const QString &file)
{
    QString name = program.mid(qMax(program.lastIndexOf(QLatin1Char('/')), program.lastIndexOf(QLatin1Char('\\'))) + 1).toLower();
    while (name.endsWith(QLatin1Char('.')) || name.endsWith(QLatin1Char(' '))) // Windows does not see them
        name.chop(1);
    const bool interpreted = name.endsWith(QLatin1String(".cmd")) || name.endsWith(QLatin1String(".bat")) ||
                             name == QLatin1String("cmd") || name == QLatin1String("cmd.exe");
    if (!interpreted)
        return std::nullopt;
    // Not quoted instead: how often a batch file takes quotes away, and expands what is between them, is its own affair.
    const bool quoted = file.contains(QLatin1Char(' ')); // as Qt does then; "C:\Program Files (x86)"
    const auto isPlain = [quoted](QChar c) {
        if (c.unicode() >= 0x80)
            return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
        return c.isLetterOrNumber() || QLatin1String(" .:/\\-_+~@#").contains(c) ||
               (quoted && (c == QLatin1Char('(') || c == QLatin1Char(')')));
    };
    if (std::ranges::all_of(file, isPlain))
        return std::nullopt;
    return Error{"“" + name.toStdString() + "” is run by Windows' command interpreter, which could run what is in the name “" +
                 file.toStdString() + "”."};
}

void EditorLauncher::open(const QString &file, qint64 line)
{
    if (const auto error = refusal(file)) {
        Q_EMIT failed(QString::fromStdString(error->text));
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = Wanted{file, line, command()};
    }
    m_changed.notify_all();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
}

void EditorLauncher::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || m_wanted; });
        if (m_stopping)
            return;
        const Wanted wanted = *std::exchange(m_wanted, std::nullopt);
        lock.unlock();
        const bool exists = QFileInfo(wanted.file).isFile();
        // Looked for here, so that Windows does not find another one, and finds those that are no .exe.
        const QString program = QStandardPaths::findExecutable(QProcess::splitCommand(wanted.command).value(0));
        m_news.post([this, wanted, program, exists] { launch(wanted, program, exists); });
        lock.lock();
    }
}

void EditorLauncher::launch(const Wanted &wanted, const QString &program, bool exists)
{
    if (!exists) {
        Q_EMIT failed(tr("There is no file “%1” on this machine.").arg(wanted.file));
        return;
    }
    const Result<QStringList> words = arguments(wanted.command, wanted.file, wanted.line);
    if (!words) {
        Q_EMIT failed(QString::fromStdString(words.error().text));
        return;
    }
    if (const auto error = refusalBy(program, wanted.file)) {
        Q_EMIT failed(QString::fromStdString(error->text));
        return;
    }
    if (!program.isEmpty() && QProcess::startDetached(program, words->mid(1)))
        Q_EMIT opened(wanted.file);
    else
        Q_EMIT failed(tr("“%1” could not be started.").arg(words->front()));
}

} // namespace sluice
