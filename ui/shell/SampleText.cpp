#include "shell/SampleText.h"

#include "base/Utf8.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

namespace sluice {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("sluice::SampleText", text); }

/// A frame may be a pickle: what is no text is shown as Python would show it.
QString printable(const RehearsedOutput::Sample &sample)
{
    std::string out;
    const bool isText = utf8::isValid(sample.bytes);
    for (const char c : sample.bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\t' || (byte >= 0x20 && byte < 0x7F) || (isText && byte >= 0x80))
            out += c;
        else if (c != '\r')
            out += QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0')).toStdString();
    }
    while (!out.empty() && out.back() == '\n')
        out.pop_back();
    QString text = QString::fromStdString(out) + (sample.isCut ? QStringLiteral(" …") : QString());
    return sample.title.empty() ? text : QString::fromStdString(sample.title) + QLatin1Char('\n') + text;
}

QString timeOf(Nanoseconds time)
{
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

void addSamples(QStringList &parts, const RehearsedOutput &output)
{
    for (const RehearsedOutput::Sample &sample : output.firstSamples())
        parts << printable(sample);
    const std::uint64_t shown = output.firstSamples().size() + output.lastSamples().size();
    if (output.pieces() > shown)
        parts << QStringLiteral("⋮");
    for (const RehearsedOutput::Sample &sample : output.lastSamples())
        parts << printable(sample);
}

} // namespace

QString sampleText(const NodeComparison &node)
{
    QStringList parts;
    const RehearsedOutput *drawn = node.edited && node.edited->output ? node.edited->output.get() : nullptr;
    const RehearsedOutput *running = node.running && node.running->output ? node.running->output.get() : nullptr;
    if (node.edited && !node.edited->status.reason.empty())
        parts << QString::fromStdString(node.edited->status.reason);
    if (drawn && !drawn->caveat().empty())
        parts << QString::fromStdString(drawn->caveat());
    if (drawn && running && node.differs())
        parts << translated("— As it is drawn —");
    if (drawn) {
        addSamples(parts, *drawn);
        for (const RehearsedOutput::Event &event : drawn->events())
            parts << timeOf(event.time) + QStringLiteral("  ") + QString::fromStdString(event.words);
        if (drawn->eventCount() > drawn->events().size())
            parts << translated("and %1 more").arg(drawn->eventCount() - drawn->events().size());
    }
    if (running && node.differs()) {
        parts << translated("— As it runs —");
        addSamples(parts, *running);
    }
    if (parts.isEmpty())
        parts << (drawn ? translated("Nothing would have gone out.") : translated("Nothing goes out of the chain here."));
    return parts.join(QLatin1Char('\n'));
}

} // namespace sluice
