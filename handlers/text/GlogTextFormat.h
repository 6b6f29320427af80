#pragma once

#include "text/TextFormat.h"

namespace sluice {

/// glog's lines, and klog's of Kubernetes: "I1011 22:14:15.123456 4711 server.cc:42] message"; also with a year.
class GlogTextFormat final : public TextFormat
{
public:
    GlogTextFormat();

protected:
    bool read(std::string_view first, std::string_view whole, TextRecord &record) const override;
};

} // namespace sluice
