#include "receiver/ReceiverTrial.h"

#include "base/FileReader.h"
#include "base/NativeFile.h"
#include "receiver/FileReceiver.h"
#include "receiver/IoThread.h"
#include "receiver/PathPattern.h"
#include "receiver/UnixSocketFile.h"

#include <QAbstractSocket>
#include <QFileInfo>
#include <QNetworkProxy>
#include <QStandardPaths>
#include <QSysInfo>

namespace sluice::receivertrial {

namespace {

enum class Finding { Free, Ours };

void append(std::string &list, const std::string &words) { list += (list.empty() ? "" : " and ") + words; }

/// As a listener binds it, without listening: who tries to connect is refused, as he was before.
Result<Finding> bindForAMoment(const Asked &asked)
{
    const Result<QHostAddress> host = listenHost(asked.address.host);
    if (!host)
        return host.error();
    const bool isStream = asked.transport == Transport::Stream;
    // Connections of before linger at a port, which keeps no listener from it; on Windows the same word would take it from another.
    const bool mayLinger = isStream && QSysInfo::kernelType() != u"winnt";
    const QAbstractSocket::BindMode mode =
        QAbstractSocket::DontShareAddress | (mayLinger ? QAbstractSocket::BindMode(QAbstractSocket::ReuseAddressHint) : QAbstractSocket::BindMode());
    bool isBound = false;
    auto error = QAbstractSocket::UnknownSocketError;
    std::string words;
    IoThread thread;
    thread.call([&] {
        QAbstractSocket socket(isStream ? QAbstractSocket::TcpSocket : QAbstractSocket::UdpSocket, nullptr);
        socket.setProxy(QNetworkProxy::NoProxy);
        isBound = socket.bind(*host, asked.address.port, mode);
        error = socket.error();
        words = socket.errorString().toStdString();
    });
    if (isBound)
        return Finding::Free;
    switch (error) {
    case QAbstractSocket::AddressInUseError: return Error{"In use by another program: " + asked.words + "."};
    case QAbstractSocket::SocketAccessError: return Error{asked.words + " may not be listened on with this user's rights."};
    case QAbstractSocket::SocketAddressNotAvailableError: return Error{asked.address.host + " is no address of this machine."};
    default: return Error{asked.words + " cannot be listened on: " + words + "."};
    }
}

Result<Finding> find(const Asked &asked)
{
    if (HeldAddress::isHeld(asked.transport, asked.address))
        return Finding::Ours;
    if (asked.address.path.empty())
        return bindForAMoment(asked);
    const auto kind = asked.transport == Transport::Stream ? UnixSocketFile::Kind::Stream : UnixSocketFile::Kind::Datagram;
    if (const Status status = UnixSocketFile::look(asked.address, kind); !status)
        return status.error();
    return Finding::Free;
}

std::string filesInWords(std::size_t count) { return count == 1 ? "1 file" : std::to_string(count) + " files"; }

} // namespace

Result<std::string> tryToListen(const std::vector<Asked> &asked)
{
    std::string free;
    std::string ours;
    for (const Asked &one : asked) {
        const Result<Finding> finding = find(one);
        if (!finding)
            return finding.error();
        append(*finding == Finding::Free ? free : ours, one.words);
    }
    std::string sentence;
    if (!ours.empty())
        sentence = "In use by this project, which is running: " + ours + ".";
    if (!free.empty())
        sentence += (sentence.empty() ? "Free: " : " Free: ") + free + ".";
    return sentence;
}

Result<std::string> tryFiles(const std::vector<std::string> &patterns)
{
    std::size_t found = 0;
    std::size_t unreadable = 0;
    std::string failure;
    std::string without;
    for (const std::string &text : patterns) {
        const std::vector<std::string> paths = FileReceiver::filesOf(PathPattern(text));
        if (paths.empty() && without.empty())
            without = text;
        for (const std::string &path : paths) {
            ++found;
            // A named pipe would take its writer for one who is read.
            const bool isFile = files::isRegular(path);
            const auto opened = isFile ? FileReader::open(path) : Result<FileReader>(Error{path + " is no file that could be followed."});
            if (opened)
                continue;
            ++unreadable;
            if (failure.empty())
                failure = opened.error().text;
        }
    }
    if (unreadable > 0)
        return Error{(found == 1 ? std::string() : std::to_string(unreadable) + " of " + filesInWords(found) + " cannot be read. ") + failure};
    const std::string missing = without.empty() ? std::string() : "No file matches " + without + " yet.";
    if (found == 0)
        return Error{missing + " What comes there is read."};
    return filesInWords(found) + (found == 1 ? " matches, and can be read." : " match, and can be read.") + (missing.empty() ? "" : " " + missing);
}

Result<std::string> tryInput(const std::string &path, const std::string &name)
{
    if (name == "-")
        return std::string("Standard input is read once the chain runs.");
    const QFileInfo file(QString::fromStdString(path));
    if (!file.exists())
        return Error{"There is no file " + name + "."};
    if (file.isDir())
        return Error{name + " is a folder."};
    if (!file.isReadable())
        return Error{name + " is there and cannot be read."};
    return name + " is there and can be read.";
}

Result<std::string> tryProgram(const std::string &program, const std::string &directory)
{
    const QFileInfo folder(QString::fromStdString(directory));
    if (!folder.isDir())
        return Error{"The folder " + directory + " does not exist."};
    const QString asked = QString::fromStdString(program);
    if (!QFileInfo(asked).isAbsolute()) {
        const QString found = QStandardPaths::findExecutable(asked);
        if (found.isEmpty())
            return Error{"There is no program " + program + " in PATH."};
        return program + " is " + found.toStdString() + ". It was not run.";
    }
    const QFileInfo file(asked);
    if (!file.exists())
        return Error{"There is no program " + program + "."};
    if (file.isDir() || !file.isExecutable())
        return Error{program + " is no program that could be run."};
    return program + " is there. It was not run.";
}

} // namespace sluice::receivertrial
