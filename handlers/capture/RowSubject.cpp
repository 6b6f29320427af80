#include "capture/RowSubject.h"

#include "capture/RecordCodec.h"

namespace sluice {

static_assert(LoggerNames::other == ExpressionSubject::noNumber);

void RowSubject::setBlock(const CaptureBlock &block)
{
    m_block = &block;
    m_decodedSite = none;
    m_decodedText = none;
}

void RowSubject::setRow(std::uint32_t index) { m_row = m_block->row(index); }

std::uint32_t RowSubject::sourceNumber() const { return codec::siteSource(m_block->text(m_row.site)); }

std::string_view RowSubject::logger()
{
    return m_row.logger == LoggerNames::other ? codec::siteName(m_block->text(m_row.site))
                                              : m_loggers.name(m_row.logger);
}

std::string_view RowSubject::levelname() { return codec::siteLevelname(m_block->text(m_row.site)); }
std::string_view RowSubject::message() { return codec::textMessage(m_block->text(m_row.text)); }
std::string_view RowSubject::exception() { return codec::textException(m_block->text(m_row.text)); }

ExpressionSubject::Source RowSubject::source()
{
    const std::uint32_t number = sourceNumber();
    if (number == SourceNames::other)
        return {{}, {}, siteRecord().text(Attribute::ProcessName)};
    const SourceNames::Name name = m_sources.name(number);
    return {name.receiver, name.peer, name.process};
}

Value RowSubject::attribute(Attribute attribute)
{
    return codec::isInSite(attribute) ? siteRecord()[attribute] : textRecord()[attribute];
}

const LogRecord &RowSubject::siteRecord()
{
    if (m_decodedSite != m_row.site) {
        m_site.clear();
        codec::decodeSite(m_block->text(m_row.site), m_site.add(), m_site.arena());
        m_decodedSite = m_row.site;
    }
    return m_site.records()[0];
}

const LogRecord &RowSubject::textRecord()
{
    if (m_decodedText != m_row.text) {
        m_text.clear();
        codec::decodeText(m_block->text(m_row.text), m_text.add(), m_text.arena());
        m_decodedText = m_row.text;
    }
    return m_text.records()[0];
}

} // namespace sluice
