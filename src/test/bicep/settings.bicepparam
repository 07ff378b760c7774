// - output AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// - setting AZURE_OPENAI_ENDPOINT = https://videos.example.com/v1
// + output AZURE_OPENAI_ENDPOINT = https://other.example.com/v1
// + setting AZURE_OPENAI_API_KEY = none
// + setting AZURE_OPENAI_ENDPOINT = https://other.example.com/v1
// + setting COURIER_LOOK_MAX_DELAY = 30s
// + setting COURIER_SORA_RETRY_COUNT = 4
// + setting COURIER_SORA_START_CHECK = false
// + setting HTTPS_PROXY = http://10.0.0.4:3128
using '../../../infra/main.bicep'

param environmentName = 'courier'
param location = 'swedencentral'
param endpoint = 'https://videos.example.com/v1'
param courierSettings = {
  azure_openai_endpoint: 'https://other.example.com/v1'
  Azure_OpenAI_Api_Key: 'none'
  COURIER_LOOK_MAX_DELAY: '30s'
  COURIER_SORA_RETRY_COUNT: 4
  COURIER_SORA_START_CHECK: false
  COURIER_JOBS_KEEP: null
  HTTPS_PROXY: 'http://10.0.0.4:3128'
}
